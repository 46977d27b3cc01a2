package io.millrace.engine.operator;

import io.millrace.engine.row.AvroSchemas;
import io.millrace.engine.row.RowWriter;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.WireFormat;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Ends of chains: rows become records of a topic, or of a repartition. */
public final class Output {

    private Output() {}

    /**
     * A relation's topic.
     *
     * @param topic the topic
     * @param relation the relation
     * @param rowType its columns
     * @param keyColumns the positions of its key columns; empty for a stream, whose records have no key
     * @param keyType the key columns alone
     */
    public record Topic(
            String topic, String relation, RelDataType rowType, List<Integer> keyColumns, RelDataType keyType) {

        public Topic {
            keyColumns = List.copyOf(keyColumns);
        }
    }

    /** Writes rows to a topic in the wire format, registering their schemas when the first one is written. */
    public static OperatorFactory topic(Topic topic, SchemaRegistryClient registry, Quarantine quarantine) {
        return context -> new TopicWriter(topic, registry, quarantine, context);
    }

    /** Writes rows to a repartition: keyed by some of their columns, in bare Avro binary. */
    public static OperatorFactory repartition(
            String name, RelDataType rowType, List<Integer> keyColumns, RelDataType keyType) {
        return context -> {
            RowWriter keys = new RowWriter(keyType);
            RowWriter rows = new RowWriter(rowType);
            return (source, timestampMs, row) -> context.emit(
                    name,
                    keys.write(new byte[0], pick(row, keyColumns)),
                    rows.write(new byte[0], row),
                    timestampMs,
                    Origin.headers(source));
        };
    }

    static @Nullable Object[] pick(@Nullable Object[] row, List<Integer> columns) {
        @Nullable Object[] picked = new Object[columns.size()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = row[columns.get(i)];
        }
        return picked;
    }

    private static final class TopicWriter implements Operator {

        private final Topic topic;
        private final SchemaRegistryClient registry;
        private final Quarantine quarantine;
        private final OperatorContext context;
        private final RowWriter keys;
        private final RowWriter rows;
        private byte @Nullable [] keyHeader;
        private byte @Nullable [] rowHeader;

        TopicWriter(Topic topic, SchemaRegistryClient registry, Quarantine quarantine, OperatorContext context) {
            this.topic = topic;
            this.registry = registry;
            this.quarantine = quarantine;
            this.context = context;
            this.keys = new RowWriter(topic.keyType());
            this.rows = new RowWriter(topic.rowType());
        }

        @Override
        public void process(SourceRow source, long timestampMs, @Nullable Object[] row) {
            if (rowHeader == null) {
                rowHeader = WireFormat.header(registry.register(
                        topic.topic() + "-value", AvroSchemas.of(topic.rowType(), topic.topic(), "")));
            }
            if (keyHeader == null && !topic.keyColumns().isEmpty()) {
                keyHeader = WireFormat.header(registry.register(
                        topic.topic() + "-key", AvroSchemas.of(topic.keyType(), topic.topic(), "Key")));
            }
            byte[] key;
            byte[] value;
            try {
                key = keyHeader == null ? null : keys.write(keyHeader, pick(row, topic.keyColumns()));
                value = rows.write(rowHeader, row);
            } catch (IllegalArgumentException e) {
                quarantine.add(
                        context, topic.relation(), source, Quarantine.Reason.expression(e), topic.rowType(), row);
                return;
            }
            context.emit(topic.topic(), key, value, timestampMs);
        }
    }
}
