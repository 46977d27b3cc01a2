package io.millrace.registry;

import org.jspecify.annotations.Nullable;

/** What a record of the topic is about, as its key says. A subject that may be null means all subjects then. */
sealed interface RecordKey {

    /** One version of a subject. */
    record SchemaVersion(String subject, int version) implements RecordKey {}

    /** The compatibility of a subject. */
    record Config(@Nullable String subject) implements RecordKey {}

    /** The mode of a subject. */
    record ModeOf(@Nullable String subject) implements RecordKey {}

    /** The soft deletion of all versions of a subject up to the value's. */
    record DeleteSubject(String subject) implements RecordKey {}

    /** Forgets the soft-deleted versions of a subject. */
    record ClearSubject(@Nullable String subject) implements RecordKey {}

    /** Says nothing: written to learn where the log ends. */
    record Noop() implements RecordKey {}

    /** Of a registry that knows more than this one. */
    record Unknown(String keytype) implements RecordKey {}
}
