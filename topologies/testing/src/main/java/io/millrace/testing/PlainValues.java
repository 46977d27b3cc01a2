package io.millrace.testing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** Values as a test writes them, made into the engine's internal ones. */
final class PlainValues {

    private PlainValues() {}

    /**
     * The internal value of {@code plain} for a column.
     *
     * @throws IllegalArgumentException when it is none; the message names the column and its type
     */
    static @Nullable Object internal(RelDataTypeField column, @Nullable Object plain) {
        if (plain == null) {
            return null;
        }
        try {
            return convert(column, plain);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "'" + plain + "' is no value of column '" + column.getName() + "', which is "
                            + column.getType().getFullTypeString(),
                    e);
        }
    }

    private static Object convert(RelDataTypeField column, Object plain) {
        return switch (column.getType().getSqlTypeName()) {
            case BOOLEAN -> (Boolean) plain;
            case TINYINT -> number(plain).byteValueExact();
            case SMALLINT -> number(plain).shortValueExact();
            case INTEGER -> number(plain).intValueExact();
            case BIGINT -> number(plain).longValueExact();
            case REAL -> number(plain).floatValue();
            case FLOAT, DOUBLE -> number(plain).doubleValue();
            case DECIMAL -> number(plain).setScale(column.getType().getScale());
            case BINARY, VARBINARY -> new ByteString(HexFormat.of().parseHex(plain.toString()));
            case DATE -> (int) LocalDate.parse(plain.toString()).toEpochDay();
            case TIME -> (int) (LocalTime.parse(plain.toString()).toNanoOfDay() / 1_000_000);
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> epochMs(plain.toString());
            default -> plain.toString();
        };
    }

    private static BigDecimal number(Object plain) {
        return plain instanceof BigDecimal number ? number : new BigDecimal(plain.toString());
    }

    /** Epoch milliseconds, or ISO 8601; without a zone it is UTC. */
    static long epochMs(String text) {
        if (text.matches("-?[0-9]+")) {
            return Long.parseLong(text);
        }
        String iso = text.replace(' ', 'T');
        return iso.endsWith("Z")
                ? Instant.parse(iso).toEpochMilli()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
