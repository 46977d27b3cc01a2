package io.millrace.engine.operator;

import io.millrace.engine.row.AvroSchemas;
import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowWriter;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.WireFormat;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Ends of chains: rows become records of a relation's topic. */
public final class Output {

    private Output() {}

    /**
     * A relation's topic.
     *
     * @param topic the topic
     * @param relation the relation
     * @param rowType its columns
     * @param isKeyed whether its records have a key
     * @param keyColumns the positions of its key columns
     * @param keyType the key columns alone
     */
    public record Topic(
            String topic,
            String relation,
            RelDataType rowType,
            boolean isKeyed,
            List<Integer> keyColumns,
            RelDataType keyType) {

        public Topic {
            keyColumns = List.copyOf(keyColumns);
        }
    }

    /**
     * Writes rows to a topic in the wire format, registering their schemas when the first one is written. A row that goes becomes a
     * tombstone, unless another with its key takes its place.
     */
    public static OperatorFactory topic(Topic topic, SchemaRegistryClient registry, Failures failures) {
        return context -> {
            TopicWriter writer = new TopicWriter(topic, registry, failures, context);
            return Operator.last(writer::write);
        };
    }

    private static final class TopicWriter {

        private final Topic topic;
        private final SchemaRegistryClient registry;
        private final Failures failures;
        private final OperatorContext context;
        private final RowWriter keys;
        private final RowWriter rows;
        private byte @Nullable [] keyHeader;
        private byte @Nullable [] rowHeader;

        TopicWriter(Topic topic, SchemaRegistryClient registry, Failures failures, OperatorContext context) {
            this.topic = topic;
            this.registry = registry;
            this.failures = failures;
            this.context = context;
            this.keys = new RowWriter(topic.keyType());
            this.rows = new RowWriter(topic.rowType());
        }

        void write(Change change) {
            Row before = change.before();
            Row after = change.after();
            byte[] key = null;
            byte[] value = null;
            if (after != null) {
                try {
                    key = key(after);
                    value = rows.write(rowHeader(), after);
                } catch (IllegalArgumentException e) {
                    failures.expression(context, change, e, topic.rowType(), after);
                }
            }
            if (before != null && topic.isKeyed()) {
                byte[] gone;
                try {
                    gone = key(before);
                } catch (IllegalArgumentException e) {
                    gone = null; // It could not be written, so it has never been there.
                }
                if (gone != null && (value == null || !java.util.Arrays.equals(gone, key))) {
                    context.emit(topic.topic(), gone, null, change.timestampMs());
                }
            }
            if (value != null) {
                context.emit(topic.topic(), key, value, change.timestampMs());
            }
        }

        private byte @Nullable [] key(Row row) {
            return topic.isKeyed() ? keys.write(keyHeader(), row.pick(topic.keyColumns())) : null;
        }

        private byte[] keyHeader() {
            if (keyHeader == null) {
                keyHeader = WireFormat.header(registry.register(
                        topic.topic() + "-key", AvroSchemas.of(topic.keyType(), topic.topic(), "Key")));
            }
            return keyHeader;
        }

        private byte[] rowHeader() {
            if (rowHeader == null) {
                rowHeader = WireFormat.header(registry.register(
                        topic.topic() + "-value", AvroSchemas.of(topic.rowType(), topic.topic(), "")));
            }
            return rowHeader;
        }
    }
}
