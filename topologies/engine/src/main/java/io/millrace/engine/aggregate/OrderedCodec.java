package io.millrace.engine.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.joou.UByte;
import org.joou.UInteger;
import org.joou.ULong;
import org.joou.UShort;

/** How the values of one type that are not null become ordered bytes and are read back. */
interface OrderedCodec {

    void write(BytesWriter out, Object value);

    Object read(BytesReader in);

    /** @throws UnsupportedOperationException when the values of the type have no order */
    static OrderedCodec of(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> new OrderedFixed(1, value -> (Boolean) value ? 1 : 0, bits -> bits == 1);
            case TINYINT -> new OrderedWhole(value -> (byte) value);
            case SMALLINT -> new OrderedWhole(value -> (short) value);
            case INTEGER, DATE, TIME, TIME_WITH_LOCAL_TIME_ZONE, INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
                new OrderedWhole(value -> (int) value);
            case BIGINT,
                    TIMESTAMP,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> new OrderedWhole(value -> value);
            case UTINYINT -> new OrderedWhole(value -> UByte.valueOf((short) value));
            case USMALLINT -> new OrderedWhole(value -> UShort.valueOf((int) value));
            case UINTEGER -> new OrderedWhole(UInteger::valueOf);
            case UBIGINT -> new OrderedFixed(8, value -> ((ULong) value).longValue(), ULong::valueOf);
            case REAL -> new OrderedFixed(8, OrderedFixed::ofDouble, bits -> (float) OrderedFixed.toDouble(bits));
            case FLOAT, DOUBLE -> new OrderedFixed(8, OrderedFixed::ofDouble, OrderedFixed::toDouble);
            case DECIMAL -> new OrderedDecimal(type.getScale());
            case CHAR, VARCHAR -> OrderedText.INSTANCE;
            case BINARY, VARBINARY -> OrderedBinary.INSTANCE;
            case UUID -> uuid();
            case ARRAY -> new OrderedList(element(type));
            case MULTISET -> new OrderedMultiset(element(type));
            case MAP ->
                new OrderedMap(
                        of(Objects.requireNonNull(type.getKeyType())), of(Objects.requireNonNull(type.getValueType())));
            case ROW, STRUCTURED -> new OrderedRow(fields(type));
            case NULL -> new OrderedFixed(0, value -> 0, bits -> bits);
            default ->
                throw new UnsupportedOperationException("Values of the type " + type.getFullTypeString()
                        + " have no order here, so they are neither compared nor kept: CAST them to another type");
        };
    }

    private static OrderedCodec element(RelDataType type) {
        return of(Objects.requireNonNull(type.getComponentType()));
    }

    private static List<OrderedCodec> fields(RelDataType type) {
        return type.getFieldList().stream()
                .map(RelDataTypeField::getType)
                .map(OrderedCodec::of)
                .toList();
    }

    private static OrderedCodec uuid() {
        return new OrderedCodec() {
            @Override
            public void write(BytesWriter out, Object value) {
                UUID uuid = (UUID) value;
                out.writeBigEndian(uuid.getMostSignificantBits(), 8);
                out.writeBigEndian(uuid.getLeastSignificantBits(), 8);
            }

            @Override
            public Object read(BytesReader in) {
                return new UUID(in.readBigEndian(8), in.readBigEndian(8));
            }
        };
    }
}
