package io.millrace.schemas.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param subject the subject's name
 * @param version counts from 1 within the subject
 * @param id the schema's global id, as it stands in the wire format
 * @param schema the schema, references resolved
 */
public record SubjectVersion(String subject, int version, int id, Schema schema) {}
