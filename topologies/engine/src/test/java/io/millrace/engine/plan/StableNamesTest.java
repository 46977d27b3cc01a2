package io.millrace.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to the other steps of a pipeline, the names of one that stays as it is, and what is stored under them, stay too. */
final class StableNamesTest {

    private static final int CHANGES = 60;

    /** Steps of every kind; some read others. */
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("filtered", "SELECT id, k, n, ts FROM s WHERE n > 1");
        STEPS.put("joined", "SELECT s.id, s.k, t.name FROM s JOIN t ON s.k = t.k");
        STEPS.put("merged", "SELECT id, k, n FROM s UNION ALL SELECT id, k, n FROM r");
        STEPS.put("per_k", "SELECT k, COUNT(*) AS c FROM merged GROUP BY k");
        STEPS.put("per_c", "SELECT c, COUNT(*) AS many FROM per_k GROUP BY c");
        STEPS.put(
                "hourly",
                "SELECT k, window_start, SUM(n) AS total FROM TABLE(TUMBLE(TABLE filtered, DESCRIPTOR(ts), INTERVAL '1' HOUR))"
                        + " GROUP BY k, window_start");
        STEPS.put(
                "sessions",
                "SELECT k, window_start, window_end, COUNT(*) AS c FROM TABLE(SESSION(TABLE r PARTITION BY k, DESCRIPTOR(ts),"
                        + " INTERVAL '5' MINUTE)) GROUP BY k, window_start, window_end");
        STEPS.put("tables", "SELECT u.id, u.v, w.name FROM u JOIN w ON u.k = w.k");
        STEPS.put(
                "streams",
                "SELECT s.id AS a, r.id AS b FROM s JOIN r ON s.k = r.k AND r.ts BETWEEN s.ts - INTERVAL '5' MINUTE"
                        + " AND s.ts + INTERVAL '5' MINUTE");
        STEPS.put("counted", "SELECT s.id, p.c FROM s JOIN per_k AS p ON s.k = p.k");
        STEPS.put(
                "best",
                "SELECT k, id, n, place FROM (SELECT k, id, n, ROW_NUMBER() OVER (PARTITION BY k ORDER BY n DESC) AS place FROM s)"
                        + " WHERE place <= 3");
        STEPS.put("lagged", "SELECT id, LAG(n) OVER (PARTITION BY k ORDER BY ts) AS last_n FROM s");
    }

    /** What a step may become: other columns, other conditions, other kinds of state. */
    private static final List<String> OTHERS = List.of(
            "SELECT id AS renamed, k AS other, n + 1 AS n, ts FROM r",
            "SELECT k, n, COUNT(*) AS c, MAX(id) AS newest FROM s GROUP BY k, n",
            "SELECT s.id, r.n FROM s JOIN r ON s.k = r.k AND r.ts BETWEEN s.ts AND s.ts + INTERVAL '1' MINUTE",
            "SELECT id, n FROM s UNION ALL SELECT id, n FROM r",
            "SELECT u.id, w.name FROM u LEFT JOIN w ON u.k = w.k");

    private static final List<String> SOURCES = List.of(
            "s: {connector: topic, columns: 'id BIGINT NOT NULL, k STRING, n INT, ts TIMESTAMP NOT NULL'}",
            "r: {connector: topic, columns: 'id BIGINT NOT NULL, k STRING, n INT, ts TIMESTAMP NOT NULL'}",
            "t: {connector: topic, columns: 'k STRING NOT NULL, name STRING', as: table, key: k}",
            "u: {connector: topic, columns: 'id INT NOT NULL, k STRING, v INT', as: table, key: id}",
            "w: {connector: topic, columns: 'k STRING NOT NULL, name STRING', as: table, key: k}");

    private static PipelinePlan plan(List<String> sources, Map<String, String> steps) throws Exception {
        StringBuilder yaml =
                new StringBuilder("apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: p}\nspec:\n  sources:\n");
        sources.forEach(source -> yaml.append("    ").append(source).append('\n'));
        yaml.append("  event_time: {s: {column: ts}, r: {column: ts}}\n  steps:\n");
        steps.forEach((name, sql) -> yaml.append("    ")
                .append(name)
                .append(": |\n      ")
                .append(sql)
                .append('\n'));
        yaml.append("  sinks:\n");
        steps.keySet()
                .forEach(name -> yaml.append("    ")
                        .append(name)
                        .append(": {from: ")
                        .append(name)
                        .append(", connector: topic}\n"));
        return TopologyText.plan(yaml.toString());
    }

    /** The step and what it reads, over and over. */
    private static List<String> with(String step) {
        List<String> all = new ArrayList<>(List.of(step));
        for (int i = 0; i < all.size(); i++) {
            String sql = STEPS.get(all.get(i));
            for (String other : STEPS.keySet()) {
                if (sql.matches(".*\\b" + other + "\\b.*") && !all.contains(other)) {
                    all.add(other);
                }
            }
        }
        return all;
    }

    private static List<String> of(PipelinePlan plan, List<String> steps) {
        List<String> names = new ArrayList<>();
        for (String line : TopologyText.names(plan)) {
            // What sends to a step is named after both, and is there for the step.
            String name = line.replaceAll("^\\w+: (\\S*-to-)?", "");
            boolean isOf = steps.stream().anyMatch(step -> name.startsWith(step + "-"));
            if (isOf) {
                names.add(line);
            }
        }
        PlannedState.of(plan).stream()
                .filter(layout -> steps.contains(layout.relation().toLowerCase(Locale.ROOT)))
                .forEach(layout -> names.add(layout.toString()));
        Collections.sort(names);
        return names;
    }

    @Test
    void shouldKeepTheNamesOfAStepWhateverBecomesOfTheOthers() throws Exception {
        Random random = new Random(7);
        List<String> names = new ArrayList<>(STEPS.keySet());
        PipelinePlan before = plan(SOURCES, STEPS);
        for (int i = 0; i < CHANGES; i++) {
            // Given
            String untouched = names.get(i % names.size());
            List<String> kept = with(untouched);

            // When
            Map<String, String> changed = new LinkedHashMap<>();
            List<String> order = new ArrayList<>(names);
            Collections.shuffle(order, random);
            for (String step : order) {
                boolean isRead = names.stream()
                        .anyMatch(other -> !other.equals(step) && with(other).contains(step));
                if (kept.contains(step)) {
                    changed.put(step, STEPS.get(step));
                } else if (random.nextInt(3) == 0) {
                    changed.put("a" + random.nextInt(1000) + step, OTHERS.get(random.nextInt(OTHERS.size())));
                    changed.put(step, STEPS.get(step));
                } else if (!isRead && random.nextInt(2) == 0) {
                    changed.put(step, OTHERS.get(random.nextInt(OTHERS.size())));
                } else if (isRead || random.nextInt(2) == 0) {
                    changed.put(step, STEPS.get(step));
                }
            }
            List<String> sources = new ArrayList<>(SOURCES);
            Collections.shuffle(sources, random);
            PipelinePlan after = plan(sources, changed);

            // Then
            assertThat(of(after, kept)).as("%s of %s", kept, changed).isEqualTo(of(before, kept));
        }
        assertThat(of(before, List.of("per_k"))).hasSizeGreaterThan(8);
    }
}
