package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.InvalidDocumentException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NaN and the two zeros where rows are grouped, joined and put in order, as DuckDB has them. */
final class NotANumberTest {

    private static final List<Double> NUMBERS = Arrays.asList(
            1.5, Double.NaN, -0.0, Double.POSITIVE_INFINITY, 0.0, Double.NaN, null, Double.NEGATIVE_INFINITY);

    private static final List<ColumnType> TYPES = List.of(ColumnType.INTEGER, ColumnType.DOUBLE, ColumnType.REAL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a, COUNT(*) AS n FROM t GROUP BY a",
                "SELECT b, COUNT(*) AS n FROM t GROUP BY b",
                "SELECT DISTINCT a + b AS a FROM t",
                "SELECT id < 99 AS k, MIN(a) AS low, MAX(a) AS high, MAX(b) AS most, COUNT(DISTINCT a) AS n FROM t GROUP BY id < 99",
                "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY a DESC NULLS LAST, id) AS r FROM t) AS x WHERE r <= 5",
                "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY b NULLS FIRST, id) AS r FROM t) AS x WHERE r <= 6",
                "SELECT x.id, y.id AS other FROM t AS x JOIN t AS y ON x.a = y.a",
                "SELECT x.id, y.id AS other FROM t AS x JOIN t AS y ON x.a = y.b AND x.id < y.id",
                "SELECT id FROM t WHERE a >= 'NaN'"
            })
    void shouldGiveWhatDuckDbGives(String query) throws SQLException, InvalidDocumentException {
        // Given
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < NUMBERS.size(); i++) {
            Double number = NUMBERS.get(i);
            rows.add(new Object[] {i, number, number == null ? null : number.floatValue()});
        }

        // When
        List<Object[]> there;
        try (DuckDb duckDb = DuckDb.open()) {
            duckDb.createTable("t", "place", List.of("id", "a", "b"), TYPES, rows);
            there = duckDb.query(query);
        }
        List<Object[]> here = SqlRun.plan(
                        List.of(RelationSpec.table("t", "id INT NOT NULL, a DOUBLE, b REAL", "id")), Map.of("s", query))
                .run(rows.stream().map(row -> Input.row("t", row)).toList())
                .step("s")
                .finalRows();

        // Then
        assertThat(shown(here)).containsExactlyInAnyOrderElementsOf(shown(there));
    }

    /** Zero without its sign, which neither keeps: the one that came first stands for a group. */
    private static List<String> shown(List<Object[]> rows) {
        return rows.stream()
                .map(row -> Arrays.toString(row).replace("-0.0", "0.0"))
                .toList();
    }
}
