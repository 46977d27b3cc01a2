package io.millrace.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.engine.sql.AggregateQuery;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way of a function, from SQL text to result, against what another engine makes of the same rows. */
final class AggregatesAgainstDuckDbTest {

    private static final List<Object[]> ROWS = rows();
    private static Connection duckDb;

    @BeforeAll
    static void load() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckDb.createStatement()) {
            statement.execute("CREATE TABLE t (i INTEGER, l BIGINT, d DOUBLE, r REAL, m DECIMAL(10, 2), s VARCHAR,"
                    + " b BOOLEAN, ts TIMESTAMP, dt DATE)");
        }
        try (PreparedStatement insert = duckDb.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Object[] row : ROWS) {
                for (int i = 0; i < Table.TS; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.setObject(
                        Table.TS + 1,
                        row[Table.TS] == null
                                ? null
                                : LocalDateTime.ofEpochSecond((Long) row[Table.TS] / 1000, 0, ZoneOffset.UTC));
                insert.setObject(
                        Table.DT + 1, row[Table.DT] == null ? null : LocalDate.ofEpochDay((Integer) row[Table.DT]));
                insert.execute();
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        duckDb.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "same",
            value = {
                "COUNT(*)|same",
                "COUNT(i)|same",
                "COUNT(i, s)|COUNT(*) FILTER (WHERE i IS NOT NULL AND s IS NOT NULL)",
                "COUNT(DISTINCT s)|same",
                "COUNT(DISTINCT i, s)|COUNT(DISTINCT (i, s)) FILTER (WHERE i IS NOT NULL AND s IS NOT NULL)",
                "COUNT(*) FILTER (WHERE b)|same",
                "COUNTIF(b)|COUNT(*) FILTER (WHERE b)",
                "SUM(i)|same",
                "SUM(l)|same",
                "SUM(d)|same",
                "SUM(r)|same",
                "SUM(m)|same",
                "SUM(DISTINCT m)|same",
                "SUM(i) FILTER (WHERE i > 1000)|same",
                "AVG(i)|same",
                "AVG(d)|same",
                "AVG(m)|CAST(SUM(m) AS DECIMAL(38, 10)) / COUNT(m)",
                "AVG(DISTINCT i)|same",
                "AVG(i) FILTER (WHERE b)|same",
                "MIN(i)|same",
                "MIN(s)|same",
                "MIN(ts)|same",
                "MIN(b)|BOOL_AND(b)",
                "MAX(d)|same",
                "MAX(m)|same",
                "MAX(dt)|same",
                "MAX(DISTINCT s)|same",
                "STDDEV_POP(d)|same",
                "STDDEV_SAMP(i)|same",
                "STDDEV(r)|same",
                "VAR_POP(i)|same",
                "VAR_SAMP(d)|same",
                "VARIANCE(l)|same",
                "VARIANCE(DISTINCT i)|VAR_SAMP(DISTINCT i)",
                "VAR_POP(m)|VAR_POP(CAST(m AS DOUBLE))",
                "COVAR_POP(d, i)|same",
                "COVAR_POP(i, l)|same",
                "COVAR_SAMP(i, m)|same",
                "CORR(d, i)|CORR(d, i)",
                "REGR_COUNT(d, i)|same",
                "REGR_SXX(d, i)|same",
                "REGR_SYY(d, i)|same",
                "REGR_SXY(d, i)|REGR_SXY(d, i)",
                "REGR_AVGX(d, i)|REGR_AVGX(d, i)",
                "REGR_AVGY(d, i)|REGR_AVGY(d, i)",
                "REGR_SLOPE(d, i)|REGR_SLOPE(d, i)",
                "REGR_INTERCEPT(d, i)|REGR_INTERCEPT(d, i)",
                "REGR_R2(d, i)|REGR_R2(d, i)",
                "EVERY(b)|BOOL_AND(b)",
                "SOME(b)|BOOL_OR(b)",
                "BOOL_AND(i > 0)|same",
                "BOOL_OR(i > 1000)|same",
                "LOGICAL_AND(b)|BOOL_AND(b)",
                "LOGICAL_OR(b)|BOOL_OR(b)",
                "BIT_AND(i)|same",
                "BIT_OR(l)|same",
                "BIT_XOR(i)|same",
                "BIT_XOR(DISTINCT i)|same",
                "ANY_VALUE(s)|MIN(s)",
                "MIN_BY(s, i)|(LIST(s ORDER BY i NULLS LAST, s))[1]",
                "ARG_MIN(s, ts)|(LIST(s ORDER BY ts NULLS LAST, s))[1]",
                "MAX_BY(i, s)|(LIST(i ORDER BY s DESC NULLS LAST, i))[1]",
                "ARG_MAX(m, d)|(LIST(m ORDER BY d DESC NULLS LAST, m))[1]",
                "FIRST_VALUE(s) WITHIN GROUP (ORDER BY ts)|(LIST(s ORDER BY ts NULLS LAST, s))[1]",
                "FIRST_VALUE(s) WITHIN GROUP (ORDER BY i DESC)|(LIST(s ORDER BY i DESC NULLS FIRST, s))[1]",
                "LAST_VALUE(i) WITHIN GROUP (ORDER BY ts, s)|(LIST(i ORDER BY ts DESC NULLS FIRST, s DESC NULLS FIRST, i))[1]",
                "ARRAY_AGG(s ORDER BY i DESC NULLS LAST, d)|LIST(s ORDER BY i DESC NULLS LAST, d NULLS LAST, s NULLS LAST)",
                "ARRAY_AGG(i)|LIST(i ORDER BY i NULLS LAST)",
                "ARRAY_AGG(i) IGNORE NULLS|LIST(i ORDER BY i) FILTER (WHERE i IS NOT NULL)",
                "ARRAY_AGG(DISTINCT s ORDER BY s DESC)|LIST(DISTINCT s ORDER BY s DESC NULLS FIRST)",
                "ARRAY_AGG(i ORDER BY i) FILTER (WHERE b)|LIST(i ORDER BY i NULLS LAST) FILTER (WHERE b)",
                "ARRAY_CONCAT_AGG(ARRAY[i, 0] ORDER BY d)|FLATTEN(LIST([i, 0] ORDER BY d NULLS LAST, i NULLS LAST))",
                "COLLECT(i)|LIST(i ORDER BY i NULLS LAST)",
                "LISTAGG(s)|STRING_AGG(s, ',' ORDER BY s)",
                "LISTAGG(s, '; ') WITHIN GROUP (ORDER BY i DESC, d)|STRING_AGG(s, '; ' ORDER BY i DESC NULLS FIRST, d NULLS LAST, s)",
                "LISTAGG(DISTINCT s, ', ') WITHIN GROUP (ORDER BY s DESC)|STRING_AGG(DISTINCT s, ', ' ORDER BY s DESC)",
                "STRING_AGG(s, '-' ORDER BY d NULLS FIRST)|STRING_AGG(s, '-' ORDER BY d NULLS FIRST, s)",
                "GROUP_CONCAT(s ORDER BY i SEPARATOR '/')|STRING_AGG(s, '/' ORDER BY i NULLS LAST, s)",
                "MODE(s)|(SELECT s FROM t WHERE s IS NOT NULL GROUP BY s ORDER BY COUNT(*) DESC, s LIMIT 1)",
                "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY i)|same",
                "PERCENTILE_CONT(0.3) WITHIN GROUP (ORDER BY i)|same",
                "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY m) FILTER (WHERE b)|PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(m AS DOUBLE)) FILTER (WHERE b)",
                "PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY d DESC NULLS LAST) FILTER (WHERE i > 5)|PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY d DESC) FILTER (WHERE i > 5)",
                "PERCENTILE_CONT(0.1) WITHIN GROUP (ORDER BY d DESC)|same",
                "PERCENTILE_CONT(1) WITHIN GROUP (ORDER BY r)|same",
                "PERCENTILE_DISC(0.25) WITHIN GROUP (ORDER BY i)|same",
                "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY d)|same",
                "PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY m)|same",
                "PERCENTILE_DISC(0.75) WITHIN GROUP (ORDER BY ts)|same",
                "MEDIAN(i)|same",
                "MEDIAN(d)|same",
                "MEDIAN(DISTINCT i)|same",
                "APPROX_COUNT_DISTINCT(s)|COUNT(DISTINCT s)",
                "APPROX_QUANTILES(i, 4)|[QUANTILE_DISC(i, 0), QUANTILE_DISC(i, 0.25), QUANTILE_DISC(i, 0.5), QUANTILE_DISC(i, 0.75), QUANTILE_DISC(i, 1)]",
                "APPROX_PERCENTILE(s, 0.5)|QUANTILE_DISC(s, 0.5)",
                "APPROX_TOP_COUNT(s, 2)|(SELECT LIST([s, CAST(c AS VARCHAR)] ORDER BY c DESC, s) FROM (SELECT s, COUNT(*) AS c FROM t WHERE s IS NOT NULL GROUP BY s ORDER BY c DESC, s LIMIT 2))",
            })
    void shouldMeanWhatSqlMeans(String function, String inDuckDb) throws SQLException {
        // Given rows in any order
        List<Object[]> rows = new ArrayList<>(ROWS);
        Collections.shuffle(rows, new Random(7));

        // When they are aggregated, as facts and as changes of which some are undone
        AggregateQuery query = AggregateQuery.of(function, Table.ROW);
        Object ofFacts = new Fold(query, false).add(rows).result();
        Fold changes = new Fold(query, true).add(rows.subList(0, 20)).add(rows);
        rows.subList(0, 20).forEach(changes::retract);

        // Then both are what the other engine says
        Object expected = query(inDuckDb == null ? function : inDuckDb);
        assertSame(ofFacts, expected);
        assertSame(changes.result(), expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "COUNT(i)",
                "SUM(i)",
                "AVG(d)",
                "MIN(s)",
                "VAR_SAMP(i)",
                "VAR_POP(d)",
                "STDDEV_SAMP(m)",
                "COVAR_POP(i, d)",
                "BOOL_AND(b)",
                "BIT_OR(i)",
                "ANY_VALUE(s)",
                "MODE(s)",
                "MEDIAN(i)",
                "ARRAY_AGG(i)",
                "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY i)"
            })
    void shouldSayOfNoRowsWhatSqlSays(String function) throws SQLException {
        // Given rows that the filter leaves none of
        String none = function + " FILTER (WHERE i > 2000000000)";

        // When they are aggregated, then the result is that of nothing
        assertSame(Fold.of(none, false).add(ROWS).result(), query(none));
        assertSame(Fold.of(none, true).add(ROWS).result(), query(none));
    }

    private static Object query(String expression) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + expression + " FROM t LIMIT 1")) {
            assertThat(result.next()).isTrue();
            return internal(result.getObject(1));
        }
    }

    private static Object internal(Object value) throws SQLException {
        if (value instanceof java.sql.Timestamp timestamp) {
            return timestamp.toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof LocalDate date) {
            return (int) date.toEpochDay();
        }
        if (value instanceof java.sql.Date date) {
            return (int) date.toLocalDate().toEpochDay();
        }
        if (value instanceof java.sql.Array array) {
            List<Object> list = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                list.add(internal(element));
            }
            return list;
        }
        return value;
    }

    private static void assertSame(Object actual, Object expected) {
        if (expected instanceof List<?> list && actual instanceof List<?> actuals) {
            assertThat(actuals).hasSameSizeAs(list);
            for (int i = 0; i < list.size(); i++) {
                Object element = actuals.get(i);
                assertSame(
                        element instanceof Object[] row
                                ? Arrays.stream(row).map(Object::toString).toList()
                                : element,
                        list.get(i));
            }
        } else if (actual instanceof Double || actual instanceof Float) {
            double number = ((Number) expected).doubleValue();
            assertThat(((Number) actual).doubleValue()).isCloseTo(number, within(Math.abs(number) * 1e-9));
        } else if (expected instanceof Double number) {
            assertThat(((Number) actual).doubleValue()).isCloseTo(number, within(Math.abs(number) * 1e-6 + 1e-8));
        } else if (expected instanceof BigDecimal || expected instanceof BigInteger) {
            assertThat(new BigDecimal(actual.toString())).isEqualByComparingTo(new BigDecimal(expected.toString()));
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** Few values of each kind, so that there are many duplicates, and nulls among them. */
    private static List<Object[]> rows() {
        Random random = new Random(42);
        List<Object[]> rows = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            Object[] row = {
                random.nextInt(40) - 10,
                random.nextLong() >> 20,
                (random.nextInt(1000) - 300) / 7.0,
                (random.nextInt(100) - 30) / 8f,
                BigDecimal.valueOf(random.nextInt(2000) - 500, 2),
                List.of("ash", "beech", "cedar", "Élm", "fir", "").get(random.nextInt(6)),
                random.nextBoolean(),
                1_700_000_000_000L + 3_600_000L * random.nextInt(30),
                19_000 + random.nextInt(20),
                null,
                null
            };
            for (int i = 0; i < Table.A; i++) {
                if (random.nextInt(8) == 0) {
                    row[i] = null;
                }
            }
            rows.add(row);
        }
        rows.get(0)[Table.I] = 1_000_003;
        return rows;
    }
}
