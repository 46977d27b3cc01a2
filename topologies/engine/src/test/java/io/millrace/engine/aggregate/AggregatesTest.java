package io.millrace.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.engine.row.Row;
import io.millrace.engine.sql.AggregateQuery;
import io.millrace.engine.sql.SqlDialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AggregatesTest {

    private static final int MANY = 20_000;

    @Test
    void shouldFailForASumThatIsTooGreatAndOnlyForAsLong() {
        // Given a sum that has grown beyond BIGINT
        Fold fold = Fold.of("SUM(l)", true);
        fold.add(row(Table.L, Long.MAX_VALUE));
        fold.add(row(Table.L, 1L));
        assertThatThrownBy(fold::result).isInstanceOf(ArithmeticException.class).hasMessageContaining("BIGINT");

        // When what was too much goes
        fold.retract(row(Table.L, 1L));

        // Then the sum is there again
        assertThat(fold.result()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotMindASumThatIsTooGreatOnItsWay() {
        // Given values whose sum fits, but not that of the first two
        Fold fold = Fold.of("SUM(l)", false);

        // When they are added
        fold.add(row(Table.L, Long.MAX_VALUE));
        fold.add(row(Table.L, Long.MAX_VALUE));
        fold.add(row(Table.L, -Long.MAX_VALUE));

        // Then the sum is what it would be in any order
        assertThat(fold.result()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldOrderByTheEventTimeWhereAQuerySaysNothing() {
        // Given rows out of order, the first and last of them without a value
        List<Object[]> rows = new ArrayList<>();
        for (long time = 0; time < 5; time++) {
            Object[] row = row(Table.S, time == 0 || time == 4 ? null : "at " + time);
            row[Table.TS] = time;
            rows.add(row);
        }
        Collections.shuffle(rows, new Random(3));
        AggregateQuery query = AggregateQuery.of(
                "FIRST_VALUE(s), FIRST_VALUE(s) IGNORE NULLS, LAST_VALUE(s), LAST_VALUE(s) IGNORE NULLS, MAX(ts)",
                Table.ROW);
        int time = query.inputType().getFieldNames().indexOf("ts");

        for (boolean isRetracting : new boolean[] {false, true}) {
            // When they are aggregated with the column of the event time
            Aggregates aggregates =
                    Aggregates.of(query.calls(), query.inputType(), isRetracting, SqlDialect.types(), time);
            GroupState state = aggregates.newState();
            InMemoryValueStore values = new InMemoryValueStore();
            rows.forEach(row -> aggregates.add(state, values, Row.of(query.input(row))));

            // Then the first is the earliest, and nulls count unless they are ignored
            assertThat(aggregates.results(state, values).toArray()).containsExactly(null, "at 1", null, "at 3", 4L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FIRST_VALUE(s)|WITHIN GROUP (ORDER BY",
                "SUM(i) WITHIN DISTINCT (s)|group by those columns",
                "ARRAY_AGG(DISTINCT s ORDER BY i)|can only name its arguments",
                "BIT_AND(CAST(y AS VARBINARY))|CAST them to BIGINT or BINARY(n)",
                "APPROX_TOP_COUNT(DISTINCT s, 3)|leave out DISTINCT",
                "JSON_ARRAYAGG(i)|write ARRAY_AGG",
                "LISTAGG(y)|VARCHAR",
            })
    void shouldSayWhatToWriteInstead(String function, String advice) {
        // Given a call that cannot be run, when it is compiled, then the message names it and gives advice
        assertThatThrownBy(() -> Fold.of(function, false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(function.substring(0, function.indexOf('(')))
                .hasMessageContaining(advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPROX_QUANTILES(i, 0)", "APPROX_TOP_COUNT(s, 10001)"})
    void shouldRefuseCountsOutOfBounds(String function) {
        assertThatThrownBy(() -> Fold.of(function, false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("between 1 and 10000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COUNT(*)|false|false", "SUM(d)|false|false", "VAR_POP(d)|false|false", "CORR(d, i)|false|false",
                "BOOL_AND(b)|false|false", "BIT_XOR(i)|false|false", "MIN(s)|false|true", "MAX_BY(s, i)|false|true",
                "COUNT(DISTINCT s)|true|true", "ARRAY_AGG(s)|true|true", "MODE(s)|true|true", "MEDIAN(i)|true|true",
                "APPROX_COUNT_DISTINCT(s)|false|true", "APPROX_QUANTILES(i, 4)|false|true",
                        "APPROX_TOP_COUNT(s, 4)|false|true",
            })
    void shouldKeepValuesOnlyWhereItMust(String function, boolean ofFacts, boolean ofChanges) {
        // Given a function over facts and over changes
        Fold facts = Fold.of(function, false).add(many());
        Fold changes = Fold.of(function, true).add(many());

        // When rows were added, then it says truly whether it keeps any
        assertThat(facts.keepsValues()).isEqualTo(ofFacts).isEqualTo(facts.hasValues());
        assertThat(changes.keepsValues()).isEqualTo(ofChanges).isEqualTo(changes.hasValues());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COUNT(*)|8",
                "SUM(l)|24",
                "AVG(d)|40",
                "STDDEV_POP(d)|80",
                "CORR(d, l)|160",
                "MIN(s)|24",
                "BIT_AND(l)|400",
                "COUNT(DISTINCT l)|8",
                "ARRAY_AGG(l)|8",
                "APPROX_COUNT_DISTINCT(l)|4300",
                "APPROX_QUANTILES(l, 4)|12000",
                "APPROX_TOP_COUNT(l, 4)|60000",
            })
    void shouldKeepItsStateSmall(String function, int bytes) {
        // Given a function over facts, when many rows have been added, then its state is still of the size that is
        // promised
        assertThat(Fold.of(function, false).add(many()).bytes().length).isLessThan(bytes);
    }

    @Test
    void shouldCountDistinctValuesNearly() {
        // Given more values than a sketch keeps
        List<Object[]> rows = many();

        // When they are counted in two orders
        Object forwards = Fold.of("APPROX_COUNT_DISTINCT(l)", false).add(rows).result();
        Collections.reverse(rows);
        Object backwards = Fold.of("APPROX_COUNT_DISTINCT(l)", false).add(rows).result();

        // Then the order does not matter, and the count is within four standard errors
        assertThat(forwards).isEqualTo(backwards);
        assertThat(((Long) forwards).doubleValue()).isCloseTo(MANY, within(MANY * 4 * 0.0163));
        assertThat(Fold.of("APPROX_COUNT_DISTINCT(l)", true).add(rows).result()).isEqualTo((long) MANY);
    }

    @Test
    void shouldFindQuantilesNearly() {
        // Given more values than a sketch keeps, each of its rank
        Fold fold = Fold.of("APPROX_QUANTILES(l, 10), APPROX_PERCENTILE(l, 0.5)", false);
        List<Object[]> rows = many();
        Collections.shuffle(rows, new Random(11));

        // When they go through it, in part by way of bytes
        for (int i = 0; i < rows.size(); i++) {
            fold.add(rows.get(i));
            if (i % 500 == 0) {
                fold.restore();
            }
        }

        // Then each quantile's rank is off by no more than three percent, more than twice what is promised in 99 of 100
        // cases
        List<?> quantiles = (List<?>) fold.results()[0];
        assertThat(quantiles).hasSize(11);
        for (int i = 0; i <= 10; i++) {
            assertThat(((Long) quantiles.get(i)).doubleValue()).isCloseTo(MANY * i / 10.0, within(MANY * 0.03));
        }
        assertThat(((Long) fold.results()[1]).doubleValue()).isCloseTo(MANY / 2.0, within(MANY * 0.03));
    }

    @Test
    void shouldFindFrequentValuesAmongMany() {
        // Given two values that come often among very many that come once
        List<Object[]> rows = many();
        for (int i = 0; i < 3_000; i++) {
            rows.add(row(Table.L, -1L));
            rows.add(row(Table.L, i % 2 == 0 ? -2L : -1L));
        }
        Collections.shuffle(rows, new Random(5));

        // When they are counted
        List<?> top =
                (List<?>) Fold.of("APPROX_TOP_COUNT(l, 2)", false).add(rows).result();

        // Then both are found, and their counts are off by at most what is promised
        double error = rows.size() * 0.002;
        assertThat(((Object[]) top.get(0))[0]).isEqualTo(-1L);
        assertThat(((Number) ((Object[]) top.get(0))[1]).doubleValue()).isCloseTo(4_500, within(error));
        assertThat(((Object[]) top.get(1))[0]).isEqualTo(-2L);
        assertThat(((Number) ((Object[]) top.get(1))[1]).doubleValue()).isCloseTo(1_500, within(error));
    }

    @Test
    void shouldRefuseASecondRowInThePlaceOfAValue() {
        for (boolean isRetracting : new boolean[] {false, true}) {
            // Given a query in the place of a value
            Fold fold = Fold.of("SINGLE_VALUE(s)", isRetracting);
            assertThat(fold.result()).isNull();
            fold.add(row(Table.S, "one"));
            assertThat(fold.result()).isEqualTo("one");

            // When it has two rows, then that is an error, even when they are the same
            fold.add(row(Table.S, "one"));
            assertThatThrownBy(fold::result)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("2 rows");
        }
    }

    @Test
    void shouldLoseNothingOfSmallNumbersBesideGreatOnes() {
        // Given numbers so great that adding them as doubles would lose the small one
        Fold fold = Fold.of("SUM(d), AVG(d), SUM(m)", true);
        fold.add(row(Table.D, 1e300));
        fold.add(row(Table.D, 1.0));
        fold.add(row(Table.D, 2.0));

        // When the great one goes again
        fold.retract(row(Table.D, 1e300));

        // Then the others are as they were
        assertThat(fold.results()).containsExactly(3.0, 1.5, null);
    }

    @Test
    void shouldKeepTheScaleOfDecimals() {
        // Given decimals
        Fold fold = Fold.of("SUM(m), MIN(m), ARRAY_AGG(m), AVG(m), MEDIAN(m)", false);

        // When there is one that is written shorter than its type
        fold.add(row(Table.M, new BigDecimal("7")));

        // Then results have the scale of theirs
        assertThat(fold.results())
                .containsExactly(
                        new BigDecimal("7.00"),
                        new BigDecimal("7.00"),
                        List.of(new BigDecimal("7.00")),
                        new BigDecimal("7.00000000"),
                        new BigDecimal("7.00000000"));
    }

    @Test
    void shouldSumNothingToZeroWhereCalciteAsksForIt() {
        // Given the sum that Calcite's own rules make of others
        AggregateCall call = AggregateCall.create(
                SqlStdOperatorTable.SUM0,
                false,
                false,
                false,
                List.of(),
                List.of(Table.D),
                -1,
                null,
                RelCollations.EMPTY,
                SqlDialect.types().createSqlType(SqlTypeName.DOUBLE),
                "sum");
        Aggregates aggregates = Aggregates.of(List.of(call), Table.ROW, true, SqlDialect.types());

        // When a row comes and goes
        GroupState state = aggregates.newState();
        InMemoryValueStore values = new InMemoryValueStore();
        aggregates.add(state, values, Row.of(row(Table.D, 0.5)));
        assertThat(aggregates.results(state, values).toArray()).containsExactly(0.5);
        aggregates.retract(state, values, Row.of(row(Table.D, 0.5)));

        // Then it is zero, not null
        assertThat(aggregates.results(state, values).toArray()).containsExactly(0.0);
    }

    @Test
    void shouldChoosePercentilesInInnerQueries() {
        // Given a percentile with a filter in a query within a query, when it is planned, then it has the type of its
        // own
        AggregateQuery query = AggregateQuery.of(
                "MAX(p) FROM (SELECT b, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY i DESC) FILTER (WHERE l > 0) AS p"
                        + " FROM t GROUP BY b) JOIN (SELECT s",
                ") AS other ON TRUE",
                Table.ROW);
        assertThat(query.calls().get(0).getType().getSqlTypeName()).isEqualTo(SqlTypeName.DOUBLE);
    }

    @Test
    void shouldRefuseStateOfAnotherVersion() {
        AggregateQuery query = AggregateQuery.of("COUNT(*)", Table.ROW);
        Aggregates aggregates = Aggregates.of(query.calls(), query.inputType(), false, SqlDialect.types());
        assertThatThrownBy(() -> aggregates.read(new byte[] {9, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 9");
    }

    private static Object[] row(int column, Object value) {
        Object[] row = new Object[Table.ROW.getFieldCount()];
        row[column] = value;
        return row;
    }

    /** Rows with the numbers from zero on, as whole numbers, doubles and texts. */
    private static List<Object[]> many() {
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Object[] row = row(Table.L, (long) i);
            row[Table.I] = i;
            row[Table.D] = i / 10.0;
            row[Table.S] = "text " + i % 100;
            row[Table.B] = i % 2 == 0;
            rows.add(row);
        }
        return rows;
    }
}
