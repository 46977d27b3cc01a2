package io.millrace.engine.row;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.UUID;
import org.apache.avro.io.Encoder;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Writes the internal values of one column's type as the Avro of {@link AvroSchemas}. */
@FunctionalInterface
interface ValueWriter {

    /**
     * Writes a value.
     *
     * @throws UnfitValueException when it is none of its column's type
     */
    void write(Encoder encoder, @Nullable Object value) throws IOException;

    /**
     * The writer of values of {@code type} at {@code path}.
     *
     * @throws IllegalArgumentException when the type has no Avro form
     */
    static ValueWriter of(RelDataType type, ColumnPath path) {
        NonNull writer = notNull(type, path);
        boolean isNullable = type.isNullable();
        return (encoder, value) -> {
            if (isNullable) {
                encoder.writeIndex(value == null ? 0 : 1);
            }
            if (value != null) {
                writer.write(encoder, value);
            } else if (!isNullable) {
                throw UnfitValueException.placed("Column '" + path + "' is NOT NULL, but its value is null");
            }
        };
    }

    /** Writes a value that is there. */
    @FunctionalInterface
    interface NonNull {

        void write(Encoder encoder, Object value) throws IOException;
    }

    /** The writer of values of {@code type} that are there, without the branch of a union before them. */
    static NonNull notNull(RelDataType type, ColumnPath path) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> (encoder, value) -> encoder.writeBoolean((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, DATE ->
                (encoder, value) -> encoder.writeInt(Math.toIntExact(((Number) value).longValue()));
            case BIGINT, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                (encoder, value) -> encoder.writeLong(((Number) value).longValue());
            case TIME ->
                TimeResolution.isMicros(type)
                        ? (encoder, value) -> encoder.writeLong(((Number) value).longValue())
                        : (encoder, value) -> encoder.writeInt(((Number) value).intValue());
            case REAL -> (encoder, value) -> encoder.writeFloat(((Number) value).floatValue());
            case FLOAT, DOUBLE -> (encoder, value) -> encoder.writeDouble(((Number) value).doubleValue());
            case CHAR, VARCHAR -> (encoder, value) -> encoder.writeString(value.toString());
            case BINARY, VARBINARY -> (encoder, value) -> encoder.writeBytes(((ByteString) value).getBytes());
            case UUID -> (encoder, value) -> encoder.writeString(((UUID) value).toString());
            case DECIMAL ->
                (encoder, value) -> encoder.writeBytes(
                        unscaled((BigDecimal) value, type, path).toByteArray());
            case ARRAY -> CollectionWriters.array(type, path);
            case MAP -> CollectionWriters.map(type, path);
            case ROW -> CollectionWriters.row(type, path);
            default ->
                switch (IntervalKind.of(type)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Column '" + path + "' is " + type.getFullTypeString() + ", which has no Avro form"))) {
                    case YEAR_MONTH -> (encoder, value) -> encoder.writeInt(((Number) value).intValue());
                    case DAY_TIME -> (encoder, value) -> encoder.writeLong(((Number) value).longValue());
                };
        };
    }

    /** What an expression computed is rounded to the scale of its type, half up; too many digits before the point are an error. */
    private static BigInteger unscaled(BigDecimal value, RelDataType type, ColumnPath path) {
        BigDecimal scaled = value.setScale(type.getScale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.getPrecision()) {
            throw UnfitValueException.placed("Column '" + path + "' holds " + type.getPrecision()
                    + " digits, but its value has " + scaled.precision());
        }
        return scaled.unscaledValue();
    }
}
