package io.millrace.testing;

import io.millrace.engine.plan.Relation;
import io.millrace.engine.row.AvroSchemas;
import io.millrace.engine.row.Lengths;
import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.RowWriter;
import io.millrace.engine.sql.SqlDialect;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.WireFormat;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** The records of a relation's topic, from and to the fields that a test speaks of. */
final class RelationTopic {

    private final Relation relation;
    private final RelDataType keyType;
    private final SchemaRegistryClient registry;

    RelationTopic(Relation relation, SchemaRegistryClient registry) {
        this.relation = relation;
        this.registry = registry;
        RelDataTypeFactory.Builder key = SqlDialect.types().builder();
        for (int column : relation.keyColumns()) {
            RelDataTypeField field = relation.rowType().getFieldList().get(column);
            key.add(field.getName(), SqlDialect.types().createTypeWithNullability(field.getType(), false));
        }
        this.keyType = key.build();
    }

    RelDataType keyType() {
        return keyType;
    }

    RelDataType rowType() {
        return relation.rowType();
    }

    /** The bytes of a key made of {@code fields}; null for a relation without a key. */
    byte @Nullable [] key(Map<String, @Nullable Object> fields) {
        return keyType.getFieldCount() == 0 ? null : encode(keyType, "-key", "Key", fields);
    }

    byte[] value(Map<String, @Nullable Object> fields) {
        for (String name : fields.keySet()) {
            if (relation.rowType().getField(name, false, false) == null) {
                throw new IllegalArgumentException("'" + relation.name() + "' has no column '" + name + "'");
            }
        }
        return encode(relation.rowType(), "-value", "", fields);
    }

    private byte[] encode(RelDataType type, String part, String suffix, Map<String, @Nullable Object> fields) {
        @Nullable Object[] row = new Object[type.getFieldCount()];
        fields.forEach((name, plain) -> {
            RelDataTypeField column = type.getField(name, false, false);
            if (column != null) {
                row[column.getIndex()] = PlainValues.internal(column, plain);
            }
        });
        int id = registry.register(relation.topic() + part, AvroSchemas.of(type, relation.topic(), suffix));
        return new RowWriter(type).write(WireFormat.header(id), Row.of(row));
    }

    Row readKey(byte[] bytes) {
        return read(bytes, keyType);
    }

    Row readValue(byte[] bytes) {
        return read(bytes, relation.rowType());
    }

    private Row read(byte[] bytes, RelDataType type) {
        try {
            return new RowReader(registry.schemaOf(WireFormat.schemaId(bytes)), Lengths.without(type), column -> true)
                    .read(bytes, WireFormat.HEADER_BYTES);
        } catch (RowDecodingException e) {
            throw new IllegalStateException("The topology wrote what cannot be read", e);
        }
    }
}
