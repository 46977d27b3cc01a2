package io.millrace.engine.operator;

import io.millrace.engine.sql.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The record that a row was made of; quarantine keeps it as it was.
 *
 * @param topic where it was read
 * @param partition its partition
 * @param offset its offset
 * @param timestampMs its timestamp, milliseconds since 1970 UTC
 * @param headers its headers
 * @param key its key's bytes
 * @param value its value's bytes
 */
public record SourceRow(
        String topic,
        int partition,
        long offset,
        long timestampMs,
        Headers headers,
        byte @Nullable [] key,
        byte @Nullable [] value)
        implements RecordMetadata {}
