package io.millrace.connect.s3.read;

import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What stands at one place of an object. */
public sealed interface Entry {

    /** The number of its first line, from 1. */
    long line();

    /** The number of the first line behind it. */
    long nextLine();

    /** How many bytes it has. */
    long length();

    /** A row. */
    record Row(Struct value, long line, long nextLine, long length) implements Entry {}

    /**
     * Something that is no row.
     *
     * @param bytes as they lie in the object, or the beginning of them; null for all the rest of an object that cannot be read on
     * @param reason one line for people
     * @param error what the reader said
     */
    record Bad(byte @Nullable [] bytes, String reason, Throwable error, long line, long nextLine, long length)
            implements Entry {}
}
