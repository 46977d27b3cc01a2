package io.millrace.engine.differential;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.apache.calcite.avatica.util.ByteString;

/** Random values in Calcite's internal form, how both dialects write them, and when two of them are the same. */
final class Values {

    /**
     * How far apart floating-point results of exp, sin and their like may lie, in units of the last place. Everything else,
     * sums and averages excepted, is the same to the last bit.
     */
    static final int ULPS = 8;

    private static final int DAYS_0100 = (int) LocalDate.of(100, 1, 1).toEpochDay();
    private static final int DAYS_9900 = (int) LocalDate.of(9900, 12, 31).toEpochDay();
    private static final int DAY_MS = 86_400_000;
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "ab",
            "abc",
            "Abc",
            "ABC",
            " a ",
            "  ",
            "a b c",
            "%",
            "_",
            "a%b",
            "a_b",
            "é",
            "ñandú",
            "ÄÖÜ",
            "ß",
            "日本語",
            "\uD83D\uDE00",
            "a\uD83D\uDE00b",
            "a\uFFFDb",
            "\uD83D\uDC68\u200D\uD83D\uDC69",
            "e\u0301",
            "1",
            "-1",
            "007",
            "12.5",
            "1e3",
            "9223372036854775807",
            "true",
            "FALSE",
            "2020-02-29",
            "2021-02-29",
            "12:34:56",
            "12:34",
            "1:2:3.45",
            "25:00:00",
            "12:34:60",
            "2020-02-29T12:34",
            "2020-02-29 24:30:00",
            "Infinity",
            "-inf",
            "2020-02-29 12:34:56",
            "x'y",
            "a\\b",
            "tab\there",
            "line\nbreak",
            "NaN",
            "null");

    private Values() {}

    /** The values at which operators and functions break. */
    static List<Object> corners(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> List.of(true, false);
            case TINYINT -> List.of((byte) -128, (byte) 127, (byte) 0, (byte) -1, (byte) 1);
            case SMALLINT -> List.of(Short.MIN_VALUE, Short.MAX_VALUE, (short) 0, (short) -1, (short) 1);
            case INTEGER -> List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1);
            case BIGINT -> List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 1L);
            case DECIMAL ->
                List.of(
                        new BigDecimal("999999999.999"),
                        new BigDecimal("-999999999.999"),
                        new BigDecimal("0.000"),
                        new BigDecimal("0.500"),
                        new BigDecimal("-1.500"),
                        new BigDecimal("0.001"));
            case REAL ->
                List.of(
                        Float.NaN,
                        Float.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Float.MAX_VALUE,
                        0f,
                        -0f,
                        0.5f,
                        -1.5f);
            case DOUBLE ->
                List.of(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.MAX_VALUE,
                        0.0,
                        -0.0,
                        0.5,
                        -1.5);
            case VARCHAR ->
                List.of("", "a", " ab ", "\uD83D\uDE00", "a\uD83D\uDE00b", "\u00df", "12.5", "-1", "\uFFFD", "a\uFFFD");
            case VARBINARY ->
                List.of(ByteString.EMPTY, new ByteString(new byte[] {0}), new ByteString(new byte[] {-1, 127}));
            case DATE ->
                List.of(DAYS_0100, DAYS_9900, 0, -1, (int)
                        LocalDate.of(2020, 2, 29).toEpochDay());
            case TIME -> List.of(0, DAY_MS - 1, DAY_MS / 2);
            case TIMESTAMP ->
                List.of(
                        DAYS_0100 * (long) DAY_MS,
                        DAYS_9900 * (long) DAY_MS + DAY_MS - 1,
                        0L,
                        -1L,
                        1_582_979_696_789L,
                        1_583_020_800_000L,
                        1_551_398_400_000L,
                        1_583_002_800_000L,
                        -1_538_781_424_685L);
        };
    }

    static Object random(ColumnType type, Random random) {
        int kind = random.nextInt(10);
        boolean isExtreme = kind < 2;
        boolean isSmall = kind < 7;
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT ->
                (byte) (isExtreme ? pick(random, -128, 127, 0) : isSmall ? small(random) : random.nextInt(256) - 128);
            case SMALLINT ->
                (short)
                        (isExtreme
                                ? pick(random, Short.MIN_VALUE, Short.MAX_VALUE, 0)
                                : isSmall ? small(random) : random.nextInt(1 << 16) - (1 << 15));
            case INTEGER ->
                (int)
                        (isExtreme
                                ? pick(random, Integer.MIN_VALUE, Integer.MAX_VALUE, 0)
                                : isSmall ? small(random) : random.nextInt());
            case BIGINT ->
                isExtreme
                        ? pick(random, Long.MIN_VALUE, Long.MAX_VALUE, 0, Integer.MAX_VALUE + 1L)
                        : isSmall ? small(random) : random.nextLong();
            case DECIMAL ->
                new BigDecimal(
                        isExtreme
                                ? BigInteger.valueOf(pick(random, 999_999_999_999L, -999_999_999_999L, 0, 1, -1))
                                : BigInteger.valueOf(isSmall ? random.nextInt(20_001) - 10_000 : random.nextInt()),
                        ColumnType.DECIMAL_SCALE);
            case REAL -> (float) floating(random, isExtreme, isSmall, Float.MAX_VALUE, Float.MIN_VALUE);
            case DOUBLE -> floating(random, isExtreme, isSmall, Double.MAX_VALUE, Double.MIN_VALUE);
            case VARCHAR -> TEXTS.get(random.nextInt(TEXTS.size()));
            case VARBINARY -> {
                byte[] bytes = new byte[random.nextInt(4)];
                random.nextBytes(bytes);
                yield new ByteString(bytes);
            }
            case DATE ->
                (int)
                        (isExtreme
                                ? pick(random, DAYS_0100, DAYS_9900, 0, -1)
                                : isSmall
                                        ? LocalDate.of(2020, 2, 27).toEpochDay() + random.nextInt(5)
                                        : random.nextInt(60_000) - 30_000);
            case TIME ->
                (int)
                        (isExtreme
                                ? pick(random, 0, DAY_MS - 1, DAY_MS / 2)
                                : isSmall ? 1000L * random.nextInt(100) : random.nextInt(DAY_MS));
            case TIMESTAMP ->
                isExtreme
                        ? pick(random, DAYS_0100 * (long) DAY_MS, DAYS_9900 * (long) DAY_MS + DAY_MS - 1, 0, -1)
                        : isSmall
                                ? 1_582_934_400_000L + 3_600_000L * random.nextInt(60)
                                : random.nextInt(60_000) * (long) DAY_MS - 30_000L * DAY_MS + random.nextInt(DAY_MS);
        };
    }

    private static long small(Random random) {
        return random.nextInt(9) - 4L;
    }

    private static long pick(Random random, long... values) {
        return values[random.nextInt(values.length)];
    }

    private static double floating(Random random, boolean isExtreme, boolean isSmall, double max, double min) {
        if (isExtreme) {
            double[] extremes = {
                Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, max, -max, min, 0.0, -0.0, 1e15, 0.1
            };
            return extremes[random.nextInt(extremes.length)];
        }
        return isSmall ? (random.nextInt(41) - 20) / 4.0 : random.nextGaussian() * 1e6;
    }

    /** A value as the SQL of a step writes it; NaN, the infinities, -0.0 and texts beyond Latin-1 cannot be written there. */
    static String here(ColumnType type, Object value) {
        if (value == null) {
            return "CAST(NULL AS " + type.here() + ")";
        }
        return switch (type) {
            case BOOLEAN -> value.toString();
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> "CAST(" + plain(value) + " AS " + type.here() + ")";
            case REAL, DOUBLE -> {
                // All digits of a REAL: as a literal it is not rounded to one.
                String digits = Double.toString(((Number) value).doubleValue());
                yield "CAST(" + digits + (digits.contains("E") ? "" : "E0") + " AS " + type.here() + ")";
            }
            case VARCHAR -> "'" + value.toString().replace("'", "''") + "'";
            case VARBINARY -> "X'" + value + "'";
            case DATE -> "DATE '" + LocalDate.ofEpochDay((Integer) value) + "'";
            case TIME -> "TIME '" + time((Integer) value) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + timestamp((Long) value) + "'";
        };
    }

    private static String plain(Object value) {
        return value instanceof BigDecimal exact ? exact.toPlainString() : value.toString();
    }

    private static String time(int ms) {
        return LocalTime.ofNanoOfDay(ms * 1_000_000L)
                .format(java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss.SSS", java.util.Locale.ROOT));
    }

    private static String timestamp(long ms) {
        return Instant.ofEpochMilli(ms)
                .atOffset(ZoneOffset.UTC)
                .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", java.util.Locale.ROOT));
    }

    /** Whether a value can be written by {@link #here}. */
    static boolean isWritable(ColumnType type, Object value) {
        if (value instanceof Number number && (type == ColumnType.REAL || type == ColumnType.DOUBLE)) {
            return Double.isFinite(number.doubleValue()) && Double.compare(number.doubleValue(), -0.0) != 0;
        }
        if (value instanceof Long number) {
            return number > Long.MIN_VALUE;
        }
        return !(value instanceof String text)
                || StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
    }

    /** A value as DuckDB writes it. */
    static String there(ColumnType type, Object value) {
        if (value == null) {
            return "CAST(NULL AS " + type.there() + ")";
        }
        return switch (type) {
            case BOOLEAN -> value.toString();
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE ->
                "CAST('" + plain(value) + "' AS " + type.there() + ")";
            case VARCHAR -> "'" + value.toString().replace("'", "''") + "'";
            case VARBINARY -> "from_hex('" + value + "')";
            case DATE -> "(DATE '1970-01-01' + CAST(" + value + " AS INTEGER))";
            case TIME -> "TIME '" + time((Integer) value) + "'";
            case TIMESTAMP -> "make_timestamp(" + value + "000)";
        };
    }

    /**
     * Whether the engine's value is the one that DuckDB gave for {@link ColumnType#plain}.
     *
     * @param ulps by how much floating-point numbers may differ
     */
    static boolean isSame(ColumnType type, Object here, Object there, int ulps) {
        if (here == null || there == null) {
            return here == there;
        }
        return switch (type) {
            case BOOLEAN, VARCHAR -> here.equals(there);
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE ->
                exact(here).compareTo(exact(there)) == 0;
            case TIME, TIMESTAMP ->
                exact(here).multiply(BigDecimal.valueOf(1000)).compareTo(exact(there)) == 0;
            case REAL -> isNear(((Number) here).floatValue(), ((Number) there).floatValue(), ulps);
            case DOUBLE -> isNear(((Number) here).doubleValue(), ((Number) there).doubleValue(), ulps);
            case VARBINARY -> here.equals(new ByteString((byte[]) there));
        };
    }

    private static boolean isNear(float here, float there, int ulps) {
        return Float.compare(here, there) == 0
                || here == there
                || Math.abs(here - there) <= ulps * Math.max(Math.ulp(here), Math.ulp(there));
    }

    private static boolean isNear(double here, double there, int ulps) {
        return Double.compare(here, there) == 0
                || here == there
                || Math.abs(here - there) <= ulps * Math.max(Math.ulp(here), Math.ulp(there));
    }

    private static BigDecimal exact(Object number) {
        return number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
    }
}
