package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.junit.jupiter.api.Test;

/** What Calcite's compiled code takes for, and makes of, values of nested types: arrays for ROW, lists, maps, UUIDs. */
final class NestedExpressionsTest {

    private static final UUID ID = UUID.fromString("123e4567-e89b-12d3-a456-426655440000");

    private static final SampleQuery ROWS = SampleQuery.of(
            "i INT NOT NULL, n INT, r ROW(x INT NOT NULL, y STRING) NOT NULL, nr ROW(x INT NOT NULL, y STRING),"
                    + " ints ARRAY<INT>, rows ARRAY<ROW(x INT, y STRING)>, m MAP<STRING, BIGINT>, u UUID, b BYTES,"
                    + " months INTERVAL YEAR TO MONTH, time INTERVAL DAY TO SECOND, deep ROW(a ROW(b ARRAY<INT>))",
            3,
            null,
            new Object[] {1, "one"},
            null,
            Arrays.asList(1, null, 3),
            List.of((Object) new Object[] {5, "five"}),
            Map.of("k", 7L),
            ID,
            new ByteString(new byte[] {1}),
            14,
            90_000L,
            new Object[] {new Object[] {List.of(9)}});

    @Test
    void shouldReachFieldsOfARow() {
        assertThat(ROWS.value("r.x + 1")).isEqualTo(2);
        assertThat(ROWS.value("sample.r.y")).isEqualTo("one");
        assertThat(ROWS.value("nr.x")).isNull();
        assertThat(ROWS.value("nr.x IS NULL")).isEqualTo(true);
        assertThat(ROWS.value("deep.a.b[1]")).isEqualTo(9);
        assertThat((Object[]) ROWS.value("r")).containsExactly(1, "one");
    }

    @Test
    void shouldReachElementsOfCollections() {
        assertThat(ROWS.value("ints[1]")).isEqualTo(1);
        assertThat(ROWS.value("ints[2]")).isNull();
        assertThat(ROWS.value("ints[9]")).isNull();
        assertThat(ROWS.value("CARDINALITY(ints)")).isEqualTo(3);
        assertThat(ROWS.value("\"rows\"[1].y")).isEqualTo("five");
        assertThat(ROWS.value("m['k'] + 1")).isEqualTo(8L);
        assertThat(ROWS.value("m['none']")).isNull();
    }

    @Test
    void shouldMakeNestedValues() {
        assertThat((Object[]) ROWS.value("ROW(i, n, 'a')")).containsExactly(3, null, "a");
        assertThat(ROWS.value("ARRAY[i, n]")).isEqualTo(Arrays.asList(3, null));
        assertThat(ROWS.value("MAP['a', i, 'b', 4]")).isEqualTo(Map.of("a", 3, "b", 4));
        assertThat((List<?>) ROWS.value("ARRAY[r]")).singleElement().isEqualTo(new Object[] {1, "one"});
    }

    @Test
    void shouldChooseAmongRows() {
        assertThat((Object[]) ROWS.value("CASE WHEN i > 2 THEN r ELSE nr END")).containsExactly(1, "one");
        assertThat(ROWS.value("CASE WHEN i > 3 THEN r ELSE nr END")).isNull();
        assertThat((Object[]) ROWS.value("COALESCE(nr, r)")).containsExactly(1, "one");
    }

    @Test
    void shouldCompareAndCastRows() {
        assertThat(ROWS.value("r = ROW(1, 'one')")).isEqualTo(true);
        assertThat(ROWS.value("r = ROW(i, 'one')")).isEqualTo(false);
        assertThat((Object[]) ROWS.value("CAST(r AS ROW(x BIGINT, y VARCHAR))")).containsExactly(1L, "one");
        assertThat(ROWS.value("CAST(ARRAY[i] AS BIGINT ARRAY)")).isEqualTo(new ArrayList<>(List.of(3L)));
    }

    @Test
    void shouldComputeWithUuidsAndIntervals() {
        assertThat(ROWS.value("u")).isEqualTo(ID);
        assertThat(ROWS.value("u = UUID '123e4567-e89b-12d3-a456-426655440000'"))
                .isEqualTo(true);
        assertThat(ROWS.value("CAST(u AS VARCHAR)")).isEqualTo(ID.toString());
        assertThat(ROWS.value("CAST('123e4567-e89b-12d3-a456-426655440000' AS UUID)"))
                .isEqualTo(ID);
        assertThat(ROWS.value("CASE WHEN i > 2 THEN u END")).isEqualTo(ID);
        assertThat(ROWS.value("months * 2")).isEqualTo(28);
        assertThat(ROWS.value("\"time\" + INTERVAL '1' SECOND")).isEqualTo(91_000L);
        assertThat(ROWS.value("b")).isEqualTo(new ByteString(new byte[] {1}));
    }

    @Test
    void shouldOrderUuidsAsTheirTextsAre() {
        assertThat(ROWS.value("u > UUID '023e4567-e89b-12d3-a456-426655440000'"))
                .isEqualTo(true);
        assertThat(ROWS.value("u < UUID 'f23e4567-e89b-12d3-a456-426655440000'"))
                .isEqualTo(true);
        assertThat(ROWS.value("u >= u")).isEqualTo(true);
    }

    @Test
    void shouldRefuseComparisonsThatCannotBeMade() {
        assertThat(ROWS.problem("r < ROW(2, 'two')")).contains("A ROW has no order: compare what is in it");
        assertThat(ROWS.problem("ints > ARRAY[1]")).contains("A ARRAY has no order");
        assertThat(ROWS.problem("\"rows\" = ARRAY[r]")).contains("Collections of rows are not compared with =");
    }
}
