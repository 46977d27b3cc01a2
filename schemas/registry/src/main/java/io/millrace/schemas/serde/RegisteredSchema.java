package io.millrace.schemas.serde;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registered schema to write with.
 *
 * @param id its global id
 * @param schema the schema
 * @param expiresAt when it must be asked for again, by {@link System#nanoTime()}; null for never
 */
public record RegisteredSchema(
        int id, Schema schema, @Nullable Long expiresAt) {

    /** Whether it may still be written with. */
    public boolean isFresh() {
        return expiresAt == null || System.nanoTime() - expiresAt < 0;
    }
}
