package io.millrace.connect.common;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of the dead letter topic. They are shaped as the contract {@code io.millrace.event.Quarantined}, stage {@code
 * extract}, so that what a connector cannot read lies beside what later stages cannot process.
 *
 * @param topic the dead letter topic
 * @param pipeline whose rows these are
 * @param relation which rows of it
 */
public record DeadLetters(String topic, String pipeline, String relation) {

    private static final String NAME = "io.millrace.event.Quarantined";
    private static final Schema OPTIONAL_TIMESTAMP =
            Timestamp.builder().optional().build();
    private static final Schema HEADER = SchemaBuilder.struct()
            .name(NAME + "Header")
            .field("name", Schema.STRING_SCHEMA)
            .field("value", Schema.OPTIONAL_BYTES_SCHEMA)
            .build();

    /** The value's schema, field by field that of the contract. */
    public static final Schema SCHEMA = SchemaBuilder.struct()
            .name(NAME)
            .field("pipeline", Schema.STRING_SCHEMA)
            .field("relation", Schema.STRING_SCHEMA)
            .field("stage", Schema.STRING_SCHEMA)
            .field("rule", Schema.OPTIONAL_STRING_SCHEMA)
            .field("reason", Schema.STRING_SCHEMA)
            .field("error", Schema.OPTIONAL_STRING_SCHEMA)
            .field("origin", Schema.OPTIONAL_STRING_SCHEMA)
            .field("topic", Schema.OPTIONAL_STRING_SCHEMA)
            .field("partition", Schema.OPTIONAL_INT32_SCHEMA)
            .field("offset", Schema.OPTIONAL_INT64_SCHEMA)
            .field("timestamp", OPTIONAL_TIMESTAMP)
            .field("key", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("value", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("row", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "headers",
                    SchemaBuilder.array(HEADER).defaultValue(List.of()).build())
            .field("quarantined_at", Timestamp.SCHEMA)
            .field("replays", SchemaBuilder.int32().defaultValue(0).build())
            .build();

    /**
     * The record for one input that could not be read.
     *
     * @param sourcePartition the input's partition, as the connector stores offsets
     * @param sourceOffset the offset behind the input, so that it is not read again
     * @param origin where it lies, as a URI with a fragment
     * @param bytes the input as it was
     * @param reason one line for people
     * @param error what the reader said
     * @param now the time by the connector's clock
     */
    public SourceRecord letter(
            Map<String, ?> sourcePartition,
            Map<String, ?> sourceOffset,
            String origin,
            byte @Nullable [] bytes,
            String reason,
            Throwable error,
            Instant now) {
        Struct value = new Struct(SCHEMA)
                .put("pipeline", pipeline)
                .put("relation", relation)
                .put("stage", "extract")
                .put("reason", reason)
                .put("error", error.toString())
                .put("origin", origin)
                .put("value", bytes)
                .put("headers", List.of())
                .put("quarantined_at", Date.from(now))
                .put("replays", 0);
        return new SourceRecord(sourcePartition, sourceOffset, topic, null, null, SCHEMA, value);
    }
}
