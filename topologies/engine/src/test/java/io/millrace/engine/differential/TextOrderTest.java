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

/** Texts beyond the basic plane and at its end where rows are compared and put in order, as DuckDB has them: by code point. */
final class TextOrderTest {

    private static final List<String> TEXTS = Arrays.asList(
            "\uFFFD",
            "\uD83D\uDE00",
            "\uE000",
            "a\uD83D\uDE00",
            "a\uFFFD",
            "a",
            "",
            null,
            "\uD7FF",
            "\u65e5",
            "\uD83D\uDE01");

    private static final List<ColumnType> TYPES = List.of(ColumnType.INTEGER, ColumnType.VARCHAR);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT x.id, y.id AS other FROM t AS x JOIN t AS y ON x.id <> y.id + 99 AND x.a < y.a",
                "SELECT x.id, y.id AS other FROM t AS x JOIN t AS y ON x.id <> y.id + 99 AND x.a BETWEEN y.a AND '\uD83D\uDE00'",
                "SELECT id, GREATEST(a, '\uFFFD') AS g, LEAST(a, '\uD83D\uDE00') AS l FROM t WHERE a IS NOT NULL",
                "SELECT id FROM t WHERE a > '\uFFFD' AND a <= '\uD83D\uDE00'",
                "SELECT id FROM t WHERE NOT (a < '\uD83D\uDE00' OR a > '\uD83D\uDE00')",
                "SELECT id FROM t WHERE a BETWEEN '\uE000' AND '\uD83D\uDE00' OR a BETWEEN 'a' AND 'b'",
                "SELECT id FROM t WHERE '\uFFFD' < '\uD83D\uDE00' AND id > 3",
                "SELECT id < 99 AS k, MIN(a) AS low, MAX(a) AS high FROM t WHERE a <> '' AND a NOT LIKE 'a%' GROUP BY id < 99",
                "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY a DESC NULLS LAST, id) AS r FROM t) AS x WHERE r <= 2"
            })
    void shouldGiveWhatDuckDbGives(String query) throws SQLException, InvalidDocumentException {
        // Given
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            rows.add(new Object[] {i, TEXTS.get(i)});
        }

        // When
        List<Object[]> there;
        try (DuckDb duckDb = DuckDb.open()) {
            duckDb.createTable("t", "place", List.of("id", "a"), TYPES, rows);
            there = duckDb.query(query);
        }
        List<Object[]> here = SqlRun.plan(
                        List.of(RelationSpec.table("t", "id INT NOT NULL, a VARCHAR", "id")), Map.of("s", query))
                .run(rows.stream().map(row -> Input.row("t", row)).toList())
                .step("s")
                .finalRows();

        // Then
        assertThat(here.stream().map(Arrays::toString))
                .containsExactlyInAnyOrderElementsOf(
                        there.stream().map(Arrays::toString).toList());
    }
}
