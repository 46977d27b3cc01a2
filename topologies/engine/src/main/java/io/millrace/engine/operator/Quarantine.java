package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowJson;
import io.millrace.event.Quarantined;
import io.millrace.event.QuarantinedHeader;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Sets rows of one relation aside: writes them to the pipeline's quarantine topic with why and where from. */
public final class Quarantine {

    /** Where on its way a row failed. */
    public enum Stage {
        DECODE,
        EXPRESSION,
        RULE,
        LATE;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final String pipeline;
    private final String topic;
    private final SchemaRegistryClient registry;

    public Quarantine(String pipeline, String topic, SchemaRegistryClient registry) {
        this.pipeline = pipeline;
        this.topic = topic;
        this.registry = registry;
    }

    /** Why a row is set aside. */
    public record Reason(
            Stage stage,
            @Nullable String rule,
            String text,
            @Nullable Throwable error) {

        static Reason rule(String rule) {
            return new Reason(Stage.RULE, rule, "The row breaks the rule " + rule, null);
        }

        static Reason expression(Throwable error) {
            return new Reason(Stage.EXPRESSION, null, "An expression failed: " + firstLine(error), error);
        }

        static String firstLine(Throwable error) {
            String text = error.getMessage() == null ? error.toString() : error.getMessage();
            int end = text.indexOf('\n');
            return end < 0 ? text : text.substring(0, end);
        }
    }

    void add(
            OperatorContext context,
            String relation,
            SourceRow source,
            Reason reason,
            @Nullable RelDataType rowType,
            @Nullable Row row) {
        Quarantined quarantined = Quarantined.newBuilder()
                .setPipeline(pipeline)
                .setRelation(relation)
                .setStage(reason.stage().text())
                .setRule(reason.rule())
                .setReason(reason.text())
                .setError(reason.error() == null ? null : reason.error().toString())
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setTimestamp(Instant.ofEpochMilli(source.timestampMs()))
                .setKey(wrap(source.key()))
                .setValue(wrap(source.value()))
                .setRow(rowType == null || row == null ? null : RowJson.write(rowType, row))
                .setHeaders(headers(source))
                .setQuarantinedAt(Instant.ofEpochMilli(context.nowMs()))
                .build();
        context.emit(
                topic, null, EventBytes.of(registry, topic + "-value", quarantined), Math.max(0, source.timestampMs()));
    }

    private static List<QuarantinedHeader> headers(SourceRow source) {
        List<QuarantinedHeader> headers = new ArrayList<>();
        for (Header header : source.headers()) {
            headers.add(QuarantinedHeader.newBuilder()
                    .setName(header.key())
                    .setValue(wrap(header.value()))
                    .build());
        }
        return headers;
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
