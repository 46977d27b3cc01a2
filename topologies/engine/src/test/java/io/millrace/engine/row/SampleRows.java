package io.millrace.engine.row;

import io.millrace.engine.sql.SqlDialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Row types and rows of them, made up: every type, nested, with nulls where they may be. */
final class SampleRows {

    private static final JavaTypeFactory TYPES = SqlDialect.types();
    private static final int LEAF_TYPES = 19;
    private static final long SECONDS_OF_DAY = 86_400;

    private SampleRows() {}

    static RelDataType rowType(Random random) {
        RelDataTypeFactory.Builder row = TYPES.builder();
        int columns = 1 + random.nextInt(5);
        for (int i = 0; i < columns; i++) {
            row.add("c" + i, type(random, 3));
        }
        return row.build();
    }

    private static RelDataType type(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? LEAF_TYPES : LEAF_TYPES + 6);
        RelDataType type = switch (kind) {
            case 0 -> TYPES.createSqlType(SqlTypeName.BOOLEAN);
            case 1 -> TYPES.createSqlType(SqlTypeName.TINYINT);
            case 2 -> TYPES.createSqlType(SqlTypeName.SMALLINT);
            case 3 -> TYPES.createSqlType(SqlTypeName.INTEGER);
            case 4 -> TYPES.createSqlType(SqlTypeName.BIGINT);
            case 5 -> TYPES.createSqlType(SqlTypeName.REAL);
            case 6 -> TYPES.createSqlType(SqlTypeName.DOUBLE);
            case 7 -> TYPES.createSqlType(SqlTypeName.VARCHAR);
            case 8 -> TYPES.createSqlType(SqlTypeName.VARBINARY);
            case 9, 10 -> decimal(random);
            case 11 -> TYPES.createSqlType(SqlTypeName.DATE);
            case 12 -> TYPES.createSqlType(SqlTypeName.TIME, random.nextInt(7));
            case 13, 14 -> TYPES.createSqlType(SqlTypeName.TIMESTAMP, random.nextInt(7));
            case 15 -> TYPES.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, random.nextInt(7));
            case 16 -> TYPES.createSqlType(SqlTypeName.UUID);
            case 17 -> interval(TimeUnit.YEAR, TimeUnit.MONTH);
            case 18 -> interval(TimeUnit.DAY, TimeUnit.SECOND);
            case 19, 20 -> TYPES.createArrayType(type(random, depth - 1), -1);
            case 21 -> TYPES.createMapType(TYPES.createSqlType(SqlTypeName.VARCHAR), type(random, depth - 1));
            case 22 -> TYPES.createMapType(TYPES.createSqlType(SqlTypeName.BIGINT), type(random, depth - 1));
            default -> {
                RelDataTypeFactory.Builder row = TYPES.builder();
                int fields = 1 + random.nextInt(3);
                for (int i = 0; i < fields; i++) {
                    row.add("f" + i, type(random, depth - 1));
                }
                yield row.build();
            }
        };
        return TYPES.createTypeWithNullability(type, random.nextBoolean());
    }

    private static RelDataType decimal(Random random) {
        int precision = 1 + random.nextInt(38);
        return TYPES.createSqlType(SqlTypeName.DECIMAL, precision, random.nextInt(precision + 1));
    }

    static RelDataType interval(TimeUnit from, TimeUnit to) {
        return TYPES.createSqlIntervalType(new SqlIntervalQualifier(from, to, SqlParserPos.ZERO));
    }

    static Object[] row(RelDataType rowType, Random random) {
        return rowType.getFieldList().stream()
                .map(column -> value(column.getType(), random))
                .toArray();
    }

    private static Object value(RelDataType type, Random random) {
        if (type.isNullable() && random.nextInt(4) == 0) {
            return null;
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) random.nextInt();
            case SMALLINT -> (short) random.nextInt();
            case INTEGER -> random.nextInt();
            case BIGINT -> random.nextLong();
            case REAL -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case VARCHAR -> text(random);
            case VARBINARY -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield new ByteString(bytes);
            }
            case DECIMAL -> {
                BigInteger bound = BigInteger.TEN.pow(type.getPrecision());
                BigInteger unscaled = new BigInteger(130, random).mod(bound);
                yield new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.getScale());
            }
            case DATE -> random.nextInt(200_000) - 100_000;
            case TIME -> {
                long second = random.nextInt((int) SECONDS_OF_DAY);
                yield TimeResolution.isMicros(type)
                        ? (Object) (second * 1_000_000 + random.nextInt(1_000_000))
                        : (Object) (int) (second * 1_000 + random.nextInt(1_000));
            }
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                random.nextLong(-60_000_000_000L, 250_000_000_000L)
                                * TimeResolution.of(type).perSecond()
                        + random.nextInt(1000);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case INTERVAL_YEAR_MONTH -> random.nextInt(20_000) - 10_000;
            case INTERVAL_DAY_SECOND -> random.nextLong() >> 8;
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(type.getComponentType(), random));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(value(type.getKeyType(), random), value(type.getValueType(), random));
                }
                yield map;
            }
            case ROW ->
                type.getFieldList().stream()
                        .map(RelDataTypeField::getType)
                        .map(field -> value(field, random))
                        .toArray();
            default -> throw new AssertionError(type);
        };
    }

    private static String text(Random random) {
        int[] codePoints = random.ints(random.nextInt(12), 0, 0x2FFFF)
                .map(point -> point >= 0xD800 && point <= 0xDFFF ? 'x' : point)
                .map(point -> random.nextInt(3) == 0 ? point : ' ' + point % 95)
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    /** A value in which arrays are equal when their elements are. */
    static Object comparable(Object value) {
        if (value instanceof Object[] row) {
            List<Object> fields = new ArrayList<>(List.of("ROW"));
            Arrays.stream(row).map(SampleRows::comparable).forEach(fields::add);
            return fields;
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(comparable(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(comparable(key), comparable(entry)));
            return entries;
        }
        return value;
    }
}
