package io.millrace.testing;

import io.millrace.engine.row.TextValues;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Values as a test writes them, made into the engine's internal ones: numbers, texts as {@link TextValues} reads them, bytes
 * in hexadecimal, lists for ARRAY, maps for MAP and ROW. A field that a ROW leaves out is null.
 */
final class PlainValues {

    private PlainValues() {}

    /**
     * The internal value of {@code plain} for a column.
     *
     * @throws IllegalArgumentException when it is none; the message names the column and its type
     */
    static @Nullable Object internal(RelDataTypeField column, @Nullable Object plain) {
        try {
            return nullable(column.getType(), plain);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "'" + plain + "' is no value of column '" + column.getName() + "', which is "
                            + column.getType().getFullTypeString(),
                    e);
        }
    }

    private static @Nullable Object nullable(@Nullable RelDataType type, @Nullable Object plain) {
        return plain == null ? null : value(Objects.requireNonNull(type, "a nested type has parts"), plain);
    }

    private static Object value(RelDataType type, Object plain) {
        SqlTypeName name = type.getSqlTypeName();
        return switch (name) {
            case BOOLEAN -> (Boolean) plain;
            case CHAR, VARCHAR -> plain.toString();
            case BINARY, VARBINARY -> new ByteString(HexFormat.of().parseHex(plain.toString()));
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (Object element : (List<?>) plain) {
                    list.add(nullable(type.getComponentType(), element));
                }
                yield list;
            }
            case MAP -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) plain).entrySet()) {
                    map.put(
                            nullable(type.getKeyType(), entry.getKey()),
                            nullable(type.getValueType(), entry.getValue()));
                }
                yield map;
            }
            case ROW -> row(type, (Map<?, ?>) plain);
            default -> TextValues.parse(plain.toString(), type);
        };
    }

    private static @Nullable Object[] row(RelDataType type, Map<?, ?> plain) {
        @Nullable Object[] row = new Object[type.getFieldCount()];
        for (Map.Entry<?, ?> entry : plain.entrySet()) {
            RelDataTypeField field = type.getField(String.valueOf(entry.getKey()), false, false);
            if (field == null) {
                throw new IllegalArgumentException("There is no field '" + entry.getKey() + "'");
            }
            row[field.getIndex()] = internal(field, entry.getValue());
        }
        return row;
    }

    /** Whether two internal values are the same, whatever scale or width their numbers are kept at. */
    static boolean isSame(@Nullable Object wanted, @Nullable Object found) {
        if (wanted instanceof Number left && found instanceof Number right) {
            return isSameNumber(left, right);
        }
        if (wanted instanceof Object[] left && found instanceof Object[] right) {
            return isSameList(listOf(left), listOf(right));
        }
        if (wanted instanceof List<?> left && found instanceof List<?> right) {
            return isSameList(left, right);
        }
        if (wanted instanceof Map<?, ?> left && found instanceof Map<?, ?> right) {
            return left.size() == right.size()
                    && left.entrySet().stream()
                            .allMatch(entry -> right.containsKey(entry.getKey())
                                    && isSame(entry.getValue(), right.get(entry.getKey())));
        }
        return Objects.equals(wanted, found);
    }

    private static List<@Nullable Object> listOf(@Nullable Object[] row) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object value : row) {
            list.add(value);
        }
        return list;
    }

    private static boolean isSameList(List<?> wanted, List<?> found) {
        if (wanted.size() != found.size()) {
            return false;
        }
        Iterator<?> others = found.iterator();
        return wanted.stream().allMatch(value -> isSame(value, others.next()));
    }

    private static boolean isSameNumber(Number wanted, Number found) {
        if (wanted instanceof BigDecimal left && found instanceof BigDecimal right) {
            return left.compareTo(right) == 0;
        }
        boolean isFraction = wanted instanceof Double || wanted instanceof Float;
        return isFraction ? wanted.equals(found) : wanted.longValue() == found.longValue();
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
