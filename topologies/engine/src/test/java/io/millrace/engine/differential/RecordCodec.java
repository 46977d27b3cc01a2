package io.millrace.engine.differential;

import io.millrace.engine.plan.Relation;
import io.millrace.engine.row.AvroSchemas;
import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.RowWriter;
import io.millrace.engine.sql.SqlDialect;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.WireFormat;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;

/** The records of a relation's topic, from and to rows of internal values. */
final class RecordCodec {

    private final Relation relation;
    private final SchemaRegistryClient registry;
    private final RelDataType keyType;

    RecordCodec(Relation relation, SchemaRegistryClient registry) {
        this.relation = relation;
        this.registry = registry;
        RelDataTypeFactory.Builder key = SqlDialect.types().builder();
        for (int column : relation.keyColumns()) {
            RelDataTypeField field = relation.rowType().getFieldList().get(column);
            boolean isNullable =
                    relation instanceof Relation.StepRelation && field.getType().isNullable();
            key.add(field.getName(), SqlDialect.types().createTypeWithNullability(field.getType(), isNullable));
        }
        this.keyType = key.build();
    }

    byte[] key(Object[] row) {
        if (keyType.getFieldCount() == 0) {
            return null;
        }
        Object[] key = new Object[keyType.getFieldCount()];
        for (int i = 0; i < key.length; i++) {
            key[i] = internal(keyType, i, row[relation.keyColumns().get(i)]);
        }
        return write(keyType, "-key", "Key", key);
    }

    byte[] value(Object[] row) {
        Object[] values = new Object[row.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = internal(relation.rowType(), i, row[i]);
        }
        return write(relation.rowType(), "-value", "", values);
    }

    private byte[] write(RelDataType type, String part, String suffix, Object[] row) {
        int id = registry.register(relation.topic() + part, AvroSchemas.of(type, relation.topic(), suffix));
        return new RowWriter(type).write(WireFormat.header(id), Row.of(row));
    }

    Object[] readKey(byte[] bytes) {
        return bytes == null || keyType.getFieldCount() == 0 ? null : read(bytes, keyType);
    }

    Object[] readValue(byte[] bytes) {
        return bytes == null ? null : read(bytes, relation.rowType());
    }

    private Object[] read(byte[] bytes, RelDataType type) {
        try {
            return new RowReader(registry.schemaOf(WireFormat.schemaId(bytes)), type, column -> true)
                    .read(bytes, WireFormat.HEADER_BYTES)
                    .toArray();
        } catch (RowDecodingException e) {
            throw new IllegalStateException("The topology wrote what cannot be read", e);
        }
    }

    /** A plain Java value in Calcite's internal form; an internal one as it is. */
    private static Object internal(RelDataType type, int column, Object value) {
        if (value instanceof LocalDate date) {
            return (int) date.toEpochDay();
        }
        if (value instanceof LocalTime time) {
            return (int) (time.toNanoOfDay() / 1_000_000);
        }
        if (value instanceof LocalDateTime timestamp) {
            return timestamp.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof byte[] bytes) {
            return new ByteString(bytes);
        }
        if (value instanceof Number number
                && !(value instanceof BigDecimal)
                && type.getFieldList().get(column).getType().getSqlTypeName()
                        == org.apache.calcite.sql.type.SqlTypeName.DECIMAL) {
            return new BigDecimal(number.toString());
        }
        return value;
    }
}
