package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.ByteString;

/** What each function says of a list of rows, by going through all of them: nothing here is clever. */
final class Naive {

    /** From SQL to what it gives. */
    static final Map<String, Function<List<Object[]>, Object>> FUNCTIONS = new LinkedHashMap<>();

    /** As many as what lies between two of the smallest doubles has. */
    private static final MathContext DIGITS = new MathContext(1200);

    private static final MathContext ROOT_DIGITS = new MathContext(700);
    private static final Comparator<Object> NATURAL = Naive::natural;
    private static final Comparator<Object> NULLS_LAST = Comparator.nullsLast(NATURAL);
    private static final Comparator<Object> NULLS_FIRST = Comparator.nullsFirst(NATURAL);

    static {
        put("COUNT(*)", rows -> (long) rows.size());
        put("COUNT(i)", rows -> (long) values(rows, Table.I).size());
        put("COUNT(i, s)", rows -> (long) both(rows, Table.I, Table.S).size());
        put("COUNT(DISTINCT s)", rows -> (long) distinct(values(rows, Table.S)).size());
        put("COUNT(*) FILTER (WHERE b)", rows -> (long) filtered(rows).size());
        put("SUM(i)", rows -> sum(values(rows, Table.I), BigDecimal::longValueExact));
        put("SUM(l)", rows -> sum(values(rows, Table.L), BigDecimal::longValueExact));
        put("SUM(d)", rows -> doubleSum(values(rows, Table.D)));
        put("SUM(r)", rows -> doubleSum(values(rows, Table.R)));
        put("SUM(DISTINCT d)", rows -> doubleSum(distinct(values(rows, Table.D))));
        put("SUM(m)", rows -> sum(values(rows, Table.M), sum -> sum.setScale(2)));
        put("SUM(d) FILTER (WHERE b)", rows -> doubleSum(values(filtered(rows), Table.D)));
        put("AVG(i)", rows -> average(values(rows, Table.I)));
        put("AVG(d)", rows -> average(values(rows, Table.D)));
        put("AVG(m)", rows -> decimalAverage(values(rows, Table.M)));
        put("AVG(DISTINCT m)", rows -> decimalAverage(distinct(values(rows, Table.M))));
        put("VAR_POP(d)", rows -> variance(values(rows, Table.D), 0));
        put("VAR_SAMP(i)", rows -> variance(values(rows, Table.I), 1));
        put("VARIANCE(DISTINCT r)", rows -> variance(distinct(values(rows, Table.R)), 1));
        put("STDDEV_POP(d)", rows -> deviation(values(rows, Table.D), 0));
        put("STDDEV_SAMP(m)", rows -> decimalDeviation(values(rows, Table.M)));
        pair(
                "COVAR_POP(d, i)",
                Table.D,
                Table.I,
                pairs -> divided(pairs.xy(), pairs.n().pow(3)));
        pair(
                "COVAR_SAMP(d, m)",
                Table.D,
                Table.M,
                pairs -> divided(pairs.xy(), pairs.n().pow(2).multiply(pairs.n().subtract(BigDecimal.ONE))));
        pair(
                "REGR_SXX(d, i)",
                Table.D,
                Table.I,
                pairs -> divided(pairs.xx(), pairs.n().pow(2)));
        pair(
                "REGR_SYY(d, i)",
                Table.D,
                Table.I,
                pairs -> divided(pairs.yy(), pairs.n().pow(2)));
        pair(
                "REGR_SXY(d, i)",
                Table.D,
                Table.I,
                pairs -> divided(pairs.xy(), pairs.n().pow(2)));
        pair("REGR_AVGX(d, i)", Table.D, Table.I, pairs -> divided(pairs.sumX(), pairs.n()));
        pair("REGR_AVGY(d, i)", Table.D, Table.I, pairs -> divided(pairs.sumY(), pairs.n()));
        pair("REGR_SLOPE(r, i)", Table.R, Table.I, pairs -> divided(pairs.xy(), pairs.xx()));
        pair("REGR_INTERCEPT(r, i)", Table.R, Table.I, Naive::intercept);
        pair("REGR_R2(r, i)", Table.R, Table.I, Naive::determination);
        pair("CORR(r, i)", Table.R, Table.I, Naive::correlation);
        put("REGR_COUNT(d, i)", rows -> (long) both(rows, Table.D, Table.I).size());
        put("MIN(s)", rows -> values(rows, Table.S).stream().min(NATURAL).orElse(null));
        put("MAX(s)", rows -> values(rows, Table.S).stream().max(NATURAL).orElse(null));
        put("MIN(d)", rows -> values(rows, Table.D).stream().min(NATURAL).orElse(null));
        put("MAX(d)", rows -> values(rows, Table.D).stream().max(NATURAL).orElse(null));
        put("MAX(ts)", rows -> values(rows, Table.TS).stream().max(NATURAL).orElse(null));
        put(
                "MIN(m) FILTER (WHERE b)",
                rows -> values(filtered(rows), Table.M).stream().min(NATURAL).orElse(null));
        put("BOOL_AND(b)", rows -> values(rows, Table.B).stream().min(NATURAL).orElse(null));
        put("SOME(b)", rows -> values(rows, Table.B).stream().max(NATURAL).orElse(null));
        put("BIT_AND(i)", rows -> bits(rows, Table.I, (a, b) -> a & b, Long::intValue));
        put("BIT_OR(l)", rows -> bits(rows, Table.L, (a, b) -> a | b, value -> value));
        put("BIT_XOR(i)", rows -> bits(rows, Table.I, (a, b) -> a ^ b, Long::intValue));
        put("BIT_AND(y)", rows -> binaryAnd(values(rows, Table.Y)));
        put("ANY_VALUE(s)", rows -> values(rows, Table.S).stream().min(NATURAL).orElse(null));
        put("MIN_BY(s, i)", rows -> first(present(rows, Table.I), Table.S, by(Table.I, NATURAL)));
        put("MAX_BY(s, d)", rows -> first(present(rows, Table.D), Table.S, by(Table.D, NATURAL.reversed())));
        put("FIRST_VALUE(s) WITHIN GROUP (ORDER BY ts)", rows -> first(rows, Table.S, by(Table.TS, NULLS_LAST)));
        put(
                "LAST_VALUE(s) WITHIN GROUP (ORDER BY ts)",
                rows -> first(rows, Table.S, by(Table.TS, NULLS_LAST.reversed())));
        put("ARRAY_AGG(s ORDER BY i DESC)", rows -> list(rows, Table.S, by(Table.I, NULLS_LAST.reversed())));
        put("ARRAY_AGG(d)", rows -> list(rows, Table.D, by(Table.D, NULLS_LAST)));
        put("ARRAY_AGG(DISTINCT i)", rows -> {
            List<Object> list = list(rows, Table.I, by(Table.I, NULLS_LAST));
            return list == null ? null : list.stream().distinct().toList();
        });
        put("ARRAY_CONCAT_AGG(a ORDER BY i NULLS FIRST)", rows -> concatenated(present(rows, Table.A)));
        put("COLLECT(m)", rows -> Objects.requireNonNullElse(list(rows, Table.M, by(Table.M, NULLS_LAST)), List.of()));
        put("LISTAGG(s, '-') WITHIN GROUP (ORDER BY d)", rows -> joined(present(rows, Table.S), Table.D));
        put("LISTAGG(DISTINCT s, ', ')", rows -> {
            List<Object> texts = distinct(values(rows, Table.S));
            return texts.isEmpty()
                    ? null
                    : texts.stream().sorted().map(Object::toString).collect(Collectors.joining(", "));
        });
        put(
                "MODE(i)",
                rows -> counted(values(rows, Table.I), 1).stream()
                        .map(row -> row.get(0))
                        .findFirst()
                        .orElse(null));
        put("PERCENTILE_CONT(0.3) WITHIN GROUP (ORDER BY i)", rows -> {
            BigDecimal between = between(values(rows, Table.I), NATURAL, new BigDecimal("0.3"));
            return between == null ? null : between.doubleValue();
        });
        put(
                "PERCENTILE_DISC(0.7) WITHIN GROUP (ORDER BY d DESC)",
                rows -> discrete(values(rows, Table.D), NATURAL.reversed(), "0.7"));
        put("MEDIAN(m)", rows -> {
            BigDecimal between = between(values(rows, Table.M), NATURAL, new BigDecimal("0.5"));
            return between == null ? null : between.setScale(8, RoundingMode.HALF_UP);
        });
        put("APPROX_COUNT_DISTINCT(i)", rows ->
                (long) distinct(values(rows, Table.I)).size());
        put("APPROX_QUANTILES(i, 2)", rows -> {
            List<Object> all = values(rows, Table.I);
            return all.isEmpty()
                    ? null
                    : List.of(discrete(all, NATURAL, "0"), discrete(all, NATURAL, "0.5"), discrete(all, NATURAL, "1"));
        });
        put("APPROX_PERCENTILE(s, 0.25)", rows -> discrete(values(rows, Table.S), NATURAL, "0.25"));
        put("APPROX_TOP_COUNT(i, 3)", rows -> {
            List<List<Object>> top = counted(values(rows, Table.I), 3);
            return top.isEmpty() ? null : top;
        });
    }

    private Naive() {}

    private static void put(String sql, Function<List<Object[]>, Object> function) {
        FUNCTIONS.put(sql, function);
    }

    private static List<Object> values(List<Object[]> rows, int column) {
        return rows.stream()
                .map(row -> normal(row[column]))
                .filter(Objects::nonNull)
                .toList();
    }

    static Object normal(Object value) {
        return value instanceof Double number
                ? (Object) (number + 0.0)
                : value instanceof Float number ? number + 0.0f : value;
    }

    private static List<Object> distinct(List<Object> values) {
        return values.stream().distinct().toList();
    }

    private static List<Object[]> present(List<Object[]> rows, int column) {
        return rows.stream().filter(row -> row[column] != null).toList();
    }

    private static List<Object[]> both(List<Object[]> rows, int one, int other) {
        return present(present(rows, one), other);
    }

    private static List<Object[]> filtered(List<Object[]> rows) {
        return rows.stream().filter(row -> Boolean.TRUE.equals(row[Table.B])).toList();
    }

    private static boolean isFinite(Object value) {
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Double || value instanceof Float
                ? new BigDecimal(((Number) value).doubleValue())
                : new BigDecimal(value.toString());
    }

    private static BigDecimal total(List<Object> values) {
        return values.stream().map(Naive::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Object sum(List<Object> values, Function<BigDecimal, Object> result) {
        return values.isEmpty() ? null : result.apply(total(values));
    }

    private static Object doubleSum(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        return values.stream().allMatch(Naive::isFinite)
                ? (Object) total(values).doubleValue()
                : specialSum(values);
    }

    private static double specialSum(List<Object> values) {
        return values.stream()
                .filter(value -> !isFinite(value))
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sum();
    }

    private static Object average(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        return values.stream().allMatch(Naive::isFinite)
                ? (Object) total(values)
                        .divide(BigDecimal.valueOf(values.size()), DIGITS)
                        .doubleValue()
                : specialSum(values);
    }

    private static Object decimalAverage(List<Object> values) {
        return values.isEmpty()
                ? null
                : total(values).divide(BigDecimal.valueOf(values.size()), 8, RoundingMode.HALF_UP);
    }

    /** The mean of the squared distances from the mean. */
    private static BigDecimal exactVariance(List<Object> values, int lessFreedom) {
        BigDecimal n = BigDecimal.valueOf(values.size());
        BigDecimal total = total(values);
        BigDecimal squares = values.stream()
                .map(value -> exact(value).multiply(n).subtract(total))
                .map(distance -> distance.multiply(distance))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return squares.divide(n.multiply(n).multiply(BigDecimal.valueOf(values.size() - lessFreedom)), DIGITS);
    }

    private static Object variance(List<Object> values, int lessFreedom) {
        if (values.size() <= lessFreedom) {
            return null;
        }
        return values.stream().allMatch(Naive::isFinite)
                ? (Object) exactVariance(values, lessFreedom).doubleValue()
                : Double.NaN;
    }

    private static Object deviation(List<Object> values, int lessFreedom) {
        if (values.size() <= lessFreedom) {
            return null;
        }
        return values.stream().allMatch(Naive::isFinite)
                ? (Object) exactVariance(values, lessFreedom).sqrt(ROOT_DIGITS).doubleValue()
                : Double.NaN;
    }

    private static Object decimalDeviation(List<Object> values) {
        return values.size() < 2
                ? null
                : exactVariance(values, 1).sqrt(ROOT_DIGITS).setScale(8, RoundingMode.HALF_UP);
    }

    /** Sums, and n² times the sums of products of distances from the means. */
    private record Pair(BigDecimal n, BigDecimal sumY, BigDecimal sumX, BigDecimal yy, BigDecimal xx, BigDecimal xy) {}

    private static void pair(String sql, int y, int x, Function<Pair, Object> function) {
        put(sql, rows -> {
            List<Object[]> pairs = both(rows, y, x);
            int least = sql.startsWith("COVAR_SAMP") ? 2 : 1;
            if (pairs.size() < least) {
                return null;
            }
            if (!pairs.stream().allMatch(row -> isFinite(row[y]) && isFinite(row[x]))) {
                return Double.NaN;
            }
            BigDecimal n = BigDecimal.valueOf(pairs.size());
            BigDecimal sumY = total(values(pairs, y));
            BigDecimal sumX = total(values(pairs, x));
            BigDecimal yy = BigDecimal.ZERO;
            BigDecimal xx = BigDecimal.ZERO;
            BigDecimal xy = BigDecimal.ZERO;
            for (Object[] row : pairs) {
                BigDecimal fromY = exact(row[y]).multiply(n).subtract(sumY);
                BigDecimal fromX = exact(row[x]).multiply(n).subtract(sumX);
                yy = yy.add(fromY.multiply(fromY));
                xx = xx.add(fromX.multiply(fromX));
                xy = xy.add(fromX.multiply(fromY));
            }
            return function.apply(new Pair(n, sumY, sumX, yy, xx, xy));
        });
    }

    private static Object divided(BigDecimal dividend, BigDecimal divisor) {
        return divisor.signum() == 0 ? null : dividend.divide(divisor, DIGITS).doubleValue();
    }

    private static Object intercept(Pair pairs) {
        BigDecimal dividend =
                pairs.sumY().multiply(pairs.xx()).subtract(pairs.sumX().multiply(pairs.xy()));
        return divided(dividend, pairs.n().multiply(pairs.xx()));
    }

    private static Object determination(Pair pairs) {
        if (pairs.xx().signum() == 0) {
            return null;
        }
        return pairs.yy().signum() == 0
                ? (Object) 1.0
                : divided(pairs.xy().pow(2), pairs.xx().multiply(pairs.yy()));
    }

    private static Object correlation(Pair pairs) {
        return divided(pairs.xy(), pairs.xx().multiply(pairs.yy()).sqrt(ROOT_DIGITS));
    }

    private static Object bits(
            List<Object[]> rows, int column, BinaryOperator<Long> operation, Function<Long, Object> result) {
        return values(rows, column).stream()
                .map(value -> ((Number) value).longValue())
                .reduce(operation)
                .map(result)
                .orElse(null);
    }

    private static Object binaryAnd(List<Object> values) {
        return values.stream()
                .map(value -> ((ByteString) value).getBytes())
                .reduce((left, right) -> new byte[] {(byte) (left[0] & right[0]), (byte) (left[1] & right[1])})
                .map(ByteString::new)
                .orElse(null);
    }

    private static Comparator<Object[]> by(int column, Comparator<Object> order) {
        return Comparator.comparing((Object[] row) -> normal(row[column]), order);
    }

    private static Object first(List<Object[]> rows, int value, Comparator<Object[]> order) {
        List<Object> list = list(rows, value, order);
        return list == null ? null : list.get(0);
    }

    private static List<Object> list(List<Object[]> rows, int value, Comparator<Object[]> order) {
        if (rows.isEmpty()) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        rows.stream().sorted(order.thenComparing(by(value, NULLS_LAST))).forEach(row -> list.add(normal(row[value])));
        return list;
    }

    private static Object concatenated(List<Object[]> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        Comparator<Object[]> order = by(Table.I, NULLS_FIRST).thenComparing(by(Table.A, Naive::lists));
        List<Object> all = new ArrayList<>();
        rows.stream().sorted(order).forEach(row -> all.addAll((List<?>) row[Table.A]));
        return all;
    }

    private static int lists(Object left, Object right) {
        List<?> leftList = (List<?>) left;
        List<?> rightList = (List<?>) right;
        for (int i = 0; i < Math.min(leftList.size(), rightList.size()); i++) {
            int compared = NULLS_LAST.compare(leftList.get(i), rightList.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(leftList.size(), rightList.size());
    }

    private static Object joined(List<Object[]> rows, int order) {
        List<Object> texts = list(rows, Table.S, by(order, NULLS_LAST));
        return texts == null ? null : texts.stream().map(Object::toString).collect(Collectors.joining("-"));
    }

    private static List<List<Object>> counted(List<Object> values, int limit) {
        Map<Object, Long> counts = new TreeMap<>(NATURAL);
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Object, Long>comparingByValue().reversed())
                .limit(limit)
                .map(entry -> Arrays.asList(entry.getKey(), (Object) entry.getValue()))
                .toList();
    }

    private static BigDecimal between(List<Object> values, Comparator<Object> order, BigDecimal fraction) {
        if (values.isEmpty()) {
            return null;
        }
        List<Object> sorted = values.stream().sorted(order).toList();
        BigDecimal place = fraction.multiply(BigDecimal.valueOf(sorted.size() - 1));
        BigDecimal below =
                exact(sorted.get(place.setScale(0, RoundingMode.FLOOR).intValueExact()));
        BigDecimal above =
                exact(sorted.get(place.setScale(0, RoundingMode.CEILING).intValueExact()));
        return below.add(above.subtract(below).multiply(place.remainder(BigDecimal.ONE)));
    }

    /** The first value up to which there are so many of all. */
    private static Object discrete(List<Object> values, Comparator<Object> order, String fraction) {
        List<Object> sorted = values.stream().sorted(order).toList();
        BigDecimal wanted = new BigDecimal(fraction).multiply(BigDecimal.valueOf(sorted.size()));
        for (int i = 0; i < sorted.size(); i++) {
            if (BigDecimal.valueOf(i + 1).compareTo(wanted) >= 0) {
                return sorted.get(i);
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // The values of one column are comparable among themselves.
    private static int natural(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }
}
