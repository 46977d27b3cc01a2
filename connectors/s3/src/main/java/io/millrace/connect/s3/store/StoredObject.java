package io.millrace.connect.s3.store;

/**
 * One object as a listing shows it.
 *
 * @param key its name in the bucket
 * @param size its bytes
 * @param etag changes whenever its content does; made of the time of the last change where the server lists none
 */
public record StoredObject(String key, long size, String etag) {}
