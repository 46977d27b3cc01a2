package io.millrace.connect.s3.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells one content of an object from the next: by its ETag, or on servers that list objects without one, by the second of its last
 * change and its size.
 */
final class ObjectVersion {

    private static final String MODIFIED = "modified ";

    private ObjectVersion() {}

    /** The version that an answer tells. Servers differ in whether they quote an ETag, some from one request to the other. */
    static String of(@Nullable String etag, @Nullable Instant modified, long size) {
        return etag == null ? modified(modified, size) : etag.replace("\"", "");
    }

    /** The version for want of an ETag. Answers with one object have the time of its last change only to the second. */
    static String modified(@Nullable Instant modified, long size) {
        return MODIFIED + (modified == null ? "never" : modified.getEpochSecond()) + " size " + size;
    }

    static boolean isModified(String version) {
        return version.startsWith(MODIFIED);
    }
}
