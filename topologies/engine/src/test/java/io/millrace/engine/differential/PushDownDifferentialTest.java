package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.plan.SourceNeeds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A pipeline gives the same whether its source sends everything or only the columns that it needs of the rows that a database finds by the
 * condition that it would be told. DuckDB is the database.
 */
final class PushDownDifferentialTest {

    private static final int PIPELINES = Integer.getInteger("millrace.differential.pipelines", 8) * 6;
    private static final long SEED = Long.getLong("millrace.differential.seed", 20_240_229L);
    private static final int ROWS = 60;

    private static final List<String> PUSHABLE = List.of(
            "n > 2",
            "n <= -3",
            "n <> 4",
            "-2 < n",
            "n IN (1, 2, 3, -5)",
            "n NOT IN (1, 2, 3)",
            "n BETWEEN -4 AND 4",
            "n NOT BETWEEN -4 AND 4",
            "n > 1.5",
            "d >= 12.25",
            "k = 'a'",
            "k <> 'b'",
            "k IN ('a', '')",
            "k NOT IN ('a', 'b')",
            "k IS NULL",
            "k IS NOT NULL",
            "f IS NULL",
            "b",
            "NOT b",
            "b IS TRUE",
            "b IS NOT TRUE",
            "b IS FALSE",
            "b IS NOT FALSE",
            "b IS NULL",
            "(n > 0) IS TRUE",
            "(n > 0) IS FALSE",
            "n IS NOT DISTINCT FROM 3",
            "rid >= 20",
            "ts >= TIMESTAMP '2023-11-14 22:30:00'",
            "ts < TIMESTAMP '2023-11-14 22:45:00.5'",
            "NOT (ts BETWEEN TIMESTAMP '2023-11-14 22:20:00' AND TIMESTAMP '2023-11-14 22:40:00')",
            "CAST(ts AS DATE) = DATE '2023-11-14'");

    private static final List<String> NOT_PUSHABLE = List.of(
            "f > 1.5",
            "k < 'c'",
            "n + 1 > 2",
            "CHAR_LENGTH(k) = 1",
            "k LIKE 'a%'",
            "n = rid",
            "(n > 0) IS NOT TRUE",
            "(n > 0) IS NOT FALSE",
            "COALESCE(k, 'a') = 'a'",
            "CASE WHEN b THEN n ELSE 0 END > 1");

    private final Random random = new Random(SEED);

    private String condition(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            List<String> from = random.nextInt(5) == 0 ? NOT_PUSHABLE : PUSHABLE;
            return from.get(random.nextInt(from.size()));
        }
        String left = condition(depth - 1);
        return switch (random.nextInt(5)) {
            case 0 -> "NOT (" + left + ")";
            case 1, 2 -> "(" + left + " OR " + condition(depth - 1) + ")";
            default -> "(" + left + " AND " + condition(depth - 1) + ")";
        };
    }

    private Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        String where = " WHERE " + condition(3);
        switch (random.nextInt(6)) {
            case 0 -> steps.put("a", "SELECT rid, k, n FROM s" + where);
            case 1 -> steps.put("a", "SELECT k, COUNT(*) AS c, SUM(n) AS total FROM s" + where + " GROUP BY k");
            case 2 -> {
                steps.put("a", "SELECT rid, k, n, b FROM s" + where);
                steps.put("c", "SELECT n, ts FROM s WHERE " + condition(2));
            }
            case 3 ->
                steps.put(
                        "a",
                        "SELECT rid, x FROM (SELECT rid, n + 1 AS x, k, n, d, f, b, ts FROM s" + where + ") AS s WHERE "
                                + condition(2));
            case 4 -> steps.put("a", "SELECT rid, k FROM s" + where + " UNION ALL SELECT rid, k FROM s WHERE b");
            default ->
                steps.put("a", "SELECT s.rid, t.w FROM s JOIN t ON s.k = t.k" + where.replaceAll("\\bk\\b", "s.k"));
        }
        return steps;
    }

    @Test
    void shouldGiveTheSameFromWhatIsPushedAsFromEverything() throws SQLException {
        int pushed = 0;
        int left = 0;
        try (DuckDb duckDb = DuckDb.open()) {
            for (int i = 0; i < PIPELINES; i++) {
                // Given
                TestRelations relations = new TestRelations(random);
                TestRelation timed = relations.stream("s", ROWS);
                TestRelation stream = new TestRelation(
                        RelationSpec.stream("s", timed.spec().columns()), timed.names(), timed.types(), timed.inputs());
                TestRelation table = relations.table(20);
                Map<String, String> steps = steps();
                SqlRun run;
                try {
                    run = SqlRun.plan(List.of(stream.spec(), table.spec()), steps);
                } catch (InvalidDocumentException e) {
                    assertThat(e.getMessage()).contains("never true");
                    continue;
                }
                SourceNeeds needs = run.plan().needs().get(0);
                stream.create(duckDb);

                // When
                boolean isJoined = steps.get("a").contains("JOIN");
                List<Input> all = new ArrayList<>(isJoined ? table.inputs() : List.of());
                List<Input> sent = new ArrayList<>(all);
                Set<Long> found = found(duckDb, needs.where());
                for (Input input : stream.inputs()) {
                    all.add(input);
                    if (found.contains((Long) input.values()[0])) {
                        sent.add(without(input, stream, needs.otherColumns()));
                    }
                }
                pushed += needs.where().isEmpty() ? 0 : 1;
                left += all.size() - sent.size();

                // Then
                assertThat(rows(run.run(sent)))
                        .as("%s with %s and without %s", steps, needs.where(), needs.otherColumns())
                        .isEqualTo(rows(run.run(all)));
            }
        }
        assertThat(pushed).isGreaterThan(PIPELINES / 4);
        assertThat(left).isGreaterThan(PIPELINES * ROWS / 10);
    }

    private static Set<Long> found(DuckDb duckDb, String where) throws SQLException {
        Set<Long> found = new HashSet<>();
        for (Object[] row : duckDb.query("SELECT rid FROM s" + (where.isEmpty() ? "" : " WHERE " + where))) {
            found.add((Long) row[0]);
        }
        return found;
    }

    private static Input without(Input input, TestRelation stream, List<String> columns) {
        Object[] values = input.values().clone();
        for (String column : columns) {
            int index = stream.names().indexOf(column);
            // A column that may not be null is skipped undecoded all the same.
            values[index] = index < 2 ? values[index] : null;
        }
        return Input.row(input.relation(), values);
    }

    private static List<String> rows(SqlResult result) {
        List<String> rows = new ArrayList<>();
        result.steps().forEach((name, step) -> step.finalRows().forEach(row -> rows.add(name + Arrays.toString(row))));
        result.quarantine().forEach(row -> rows.add(String.valueOf(row)));
        return rows;
    }
}
