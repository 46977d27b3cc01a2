package io.millrace.engine.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Makes random queries with state, a feature at a time. */
final class StatefulQueries {

    private static final int ROWS = 120;
    private static final int CHANGES = 60;
    private static final long MINUTE_MS = 60_000;

    /** Aggregates that both dialects spell alike, of the columns of a stream. */
    private static final List<String> AGGREGATES = List.of(
            "COUNT(*)",
            "COUNT(n)",
            "SUM(n)",
            "SUM(d)",
            "SUM(f)",
            "AVG(n)",
            "AVG(f)",
            "MIN(n)",
            "MAX(n)",
            "MIN(d)",
            "MAX(f)",
            "MIN(ts)",
            "MAX(ts)",
            "MAX(k)",
            "COUNT(n) - COUNT(*)");

    private static final List<String> AGGREGATES_OF_EXPRESSIONS = List.of(
            "COUNT(*) FILTER (WHERE n > 0)",
            "SUM(n) FILTER (WHERE b)",
            "MAX(d) FILTER (WHERE b IS NOT NULL)",
            "SUM(CASE WHEN b THEN 1 ELSE 0 END)",
            "SUM(n + 1)",
            "COUNT(DISTINCT n)",
            "SUM(DISTINCT n) FILTER (WHERE b)");

    private static final List<String> CONDITIONS =
            List.of("n > -5", "b", "k IS NOT NULL", "d < 5 OR f > 0", "NOT b", "k <> 'a'");

    private final Random random;
    private final TestRelations relations;
    private List<String> aggregates = AGGREGATES;

    StatefulQueries(Random random) {
        this.random = random;
        this.relations = new TestRelations(random);
    }

    /** Random numbers of a seed; the first ones of seeds that are neighbours are not alike, as those of {@link Random} are. */
    static Random random(long seed) {
        return new Random(new SplittableRandom(seed).nextLong());
    }

    StatefulScenario of(Feature feature) {
        return switch (feature) {
            case TUMBLE -> tumble(feature, pick(List.of("", " HAVING COUNT(*) > 1")));
            case AGGREGATE_OF_EXPRESSION -> {
                aggregates = AGGREGATES_OF_EXPRESSIONS;
                yield tumble(feature, "");
            }
            case HAVING_THAT_TURNS_FALSE -> tumble(feature, " HAVING SUM(n) > 0");
            case HOP -> windowed(feature, hopped(), "");
            case CUMULATE -> windowed(feature, cumulated(), "");
            case SESSION -> session();
            case LOOKUP -> lookup();
            case GROUP_STREAM -> {
                String rest = selected("k", 3) + " FROM s" + where() + " GROUP BY k";
                yield both(feature, List.of(relations.stream("s", ROWS)), "SELECT " + rest);
            }
            case GROUP_TABLE ->
                both(
                        feature,
                        List.of(relations.foreignTable(CHANGES)),
                        "SELECT k, COUNT(*) AS c, SUM(v) AS sv, MIN(v) AS mi, MAX(v) AS ma, AVG(v) AS av FROM p GROUP BY k");
            case PROJECT_TABLE ->
                both(
                        feature,
                        List.of(relations.foreignTable(CHANGES)),
                        "SELECT pid, v + 1 AS w, k FROM p" + pick(List.of("", " WHERE v > 0", " WHERE k = 'a'")));
            case JOIN_TABLES -> {
                String type = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
                yield both(
                        feature,
                        List.of(relations.table(CHANGES), otherTable()),
                        "SELECT COALESCE(t.k, u.k) AS k, t.name, t.w, u.v FROM t " + type + " u ON t.k = u.k");
            }
            case JOIN_TABLES_ON_FOREIGN_KEY -> {
                String type = pick(List.of("JOIN", "LEFT JOIN"));
                yield both(
                        feature,
                        List.of(relations.foreignTable(CHANGES), relations.table(CHANGES)),
                        "SELECT p.pid, p.k, p.v, t.name, t.w FROM p " + type + " t ON p.k = t.k");
            }
            case JOIN_STREAMS -> {
                String type = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
                yield both(
                        feature,
                        List.of(relations.stream("s", ROWS), relations.stream("r", ROWS)),
                        "SELECT s.rid AS a, r.rid AS c, s.k AS k, r.n AS n FROM s " + type
                                + " r ON s.k = r.k AND s.ts BETWEEN"
                                + " r.ts - INTERVAL '5' MINUTE AND r.ts + INTERVAL '5' MINUTE");
            }
            case JOIN_TREE -> new JoinQueries(random).tree(feature);
            case JOIN_USING -> new JoinQueries(random).merged(feature);
            case SUBQUERY -> new JoinQueries(random).subquery(feature);
            case SUBQUERY_OF_A_VALUE -> new JoinQueries(random).valueQuery(feature);
            case SUBQUERY_OF_STREAM -> new JoinQueries(random).lookedUp(feature);
            case SUBQUERY_OVER_STREAM -> new JoinQueries(random).streams(feature);
            case TOP_N ->
                both(
                        feature,
                        List.of(relations.stream("s", ROWS)),
                        "SELECT k, rid, n, rn FROM (SELECT k, rid, n, ROW_NUMBER() OVER (PARTITION BY k ORDER BY n DESC NULLS LAST, rid)"
                                + " AS rn FROM s) WHERE rn <= " + (1 + random.nextInt(3)));
            case TOP_N_OF_TABLE ->
                both(
                        feature,
                        List.of(relations.foreignTable(CHANGES)),
                        "SELECT pid, k, v" + pick(List.of("", ", rn")) + " FROM (SELECT pid, k, v, "
                                + numbered() + " AS rn FROM p) WHERE rn <= "
                                + (1 + random.nextInt(3)));
            case LIMIT_OF_TABLE ->
                both(
                        feature,
                        List.of(relations.foreignTable(CHANGES)),
                        "SELECT pid, v FROM p ORDER BY v " + pick(List.of("DESC", "ASC"))
                                + pick(List.of(" NULLS FIRST", " NULLS LAST")) + ", k NULLS FIRST, pid DESC LIMIT "
                                + (1 + random.nextInt(4)) + " OFFSET " + random.nextInt(3));
            case SET_OPERATION -> {
                String operation = pick(List.of(" UNION ", " INTERSECT ", " EXCEPT "));
                yield both(
                        feature,
                        List.of(relations.foreignTable("p", CHANGES), relations.foreignTable("q", CHANGES)),
                        "SELECT k, v FROM p" + operation + "SELECT k, v FROM q" + pick(List.of("", " WHERE v > 0")));
            }
            case UNION_ALL ->
                both(
                        feature,
                        List.of(relations.stream("s", ROWS), relations.stream("r", ROWS)),
                        "SELECT rid, k, n FROM s WHERE n > 0 UNION ALL SELECT rid, k, n + 1 AS n FROM r");
            case UNNEST ->
                new StatefulScenario(
                        feature,
                        List.of(relations.stream("s", ROWS)),
                        "SELECT rid, x FROM s CROSS JOIN UNNEST(ARRAY[n, n + 1]) AS u(x)",
                        "SELECT rid, unnest([n, n + 1]) FROM s");
            case DISTINCT ->
                both(feature, List.of(relations.stream("s", ROWS)), "SELECT DISTINCT k, b FROM s" + where());
            case GROUPING_SETS ->
                both(
                        feature,
                        List.of(relations.stream("s", ROWS)),
                        "SELECT k, b, GROUPING(k, b) AS g, COUNT(*) AS c, SUM(n) AS sn FROM s GROUP BY "
                                + pick(List.of("GROUPING SETS ((k), (b), (k, b))", "ROLLUP (k, b)", "CUBE (k, b)")));
            case GROUPING_SETS_OF_WINDOW -> {
                String sets = pick(List.of("GROUPING SETS ((k), (b), ())", "ROLLUP (k, b)", "CUBE (k, b)"));
                String select =
                        "SELECT window_start, window_end, k, b, GROUPING(k, b) AS g, COUNT(*) AS c, SUM(n) AS sn,"
                                + " COUNT(DISTINCT n) FILTER (WHERE b) AS dn FROM ";
                String rest = " GROUP BY window_start, window_end, " + sets + pick(List.of("", " HAVING COUNT(*) > 1"));
                Windowed windows = windows().over("s");
                yield new StatefulScenario(
                        feature,
                        List.of(relations.stream("s", ROWS)),
                        select + windows.here() + rest,
                        select + windows.there() + rest);
            }
            case JOIN_WINDOWS -> joinOfWindows();
            case JOIN_GROUPS_OF_WINDOWS -> joinOfGroups();
        };
    }

    /** A number of each row of p, as one of the functions that there are gives it. */
    private String numbered() {
        String order = "(PARTITION BY k ORDER BY v " + pick(List.of("DESC NULLS LAST", "ASC NULLS FIRST"));
        return pick(List.of(
                "ROW_NUMBER() OVER " + order + ", pid)",
                "RANK() OVER " + order + ")",
                "DENSE_RANK() OVER " + order + ")"));
    }

    private TestRelation otherTable() {
        TestRelation foreign = relations.foreignTable(CHANGES);
        // The same changes, keyed by k.
        List<Input> inputs = foreign.inputs().stream()
                .filter(input -> input.values()[1] != null)
                .map(input -> new Input("u", input.values(), input.isTombstone()))
                .toList();
        return new TestRelation(
                RelationSpec.table("u", TestRelation.columns(foreign.names(), foreign.types(), List.of("k")), "k"),
                foreign.names(),
                foreign.types(),
                inputs);
    }

    /** Rows in windows, as a step writes them and as DuckDB does. */
    private record Windowed(String here, String there) {}

    /** A shape of windows. */
    @FunctionalInterface
    private interface Shape {
        Windowed over(String relation);
    }

    private Shape windows() {
        return switch (random.nextInt(3)) {
            case 0 -> tumbled();
            case 1 -> hopped();
            default -> cumulated();
        };
    }

    private StatefulScenario tumble(Feature feature, String having) {
        return windowed(feature, tumbled(), having);
    }

    private Shape tumbled() {
        long size = pick(List.of(1L, 5L, 60L, 7L)) * MINUTE_MS;
        return relation -> new Windowed(
                "TABLE(TUMBLE(TABLE " + relation + ", DESCRIPTOR(ts), " + interval(size) + "))",
                "(SELECT *, make_timestamp((epoch_ms(ts) // " + size + ") * " + size + " * 1000) AS window_start, "
                        + "make_timestamp(((epoch_ms(ts) // " + size + ") + 1) * " + size
                        + " * 1000) AS window_end FROM " + relation + ")");
    }

    private Shape hopped() {
        long slide = pick(List.of(1L, 5L)) * MINUTE_MS;
        long size = slide * pick(List.of(2L, 3L));
        String start = "((epoch_ms(ts) // " + slide + ") * " + slide + " - i * " + slide + ")";
        return relation -> new Windowed(
                "TABLE(HOP(TABLE " + relation + ", DESCRIPTOR(ts), " + interval(slide) + ", " + interval(size) + "))",
                "(SELECT *, make_timestamp(" + start + " * 1000) AS window_start, make_timestamp((" + start + " + "
                        + size + ") * 1000) AS window_end FROM " + relation + ", range(" + size / slide
                        + ") AS hops(i))");
    }

    private Shape cumulated() {
        long step = pick(List.of(1L, 5L)) * MINUTE_MS;
        long size = step * pick(List.of(2L, 4L));
        String start = "((epoch_ms(ts) // " + size + ") * " + size + ")";
        String end = "(" + start + " + (i + 1) * " + step + ")";
        return relation -> new Windowed(
                "TABLE(CUMULATE(TABLE " + relation + ", DESCRIPTOR(ts), " + interval(step) + ", " + interval(size)
                        + "))",
                "(SELECT *, make_timestamp(" + start + " * 1000) AS window_start, make_timestamp(" + end
                        + " * 1000) AS window_end FROM " + relation + ", range(" + size / step
                        + ") AS steps(i) WHERE " + end + " > epoch_ms(ts))");
    }

    /** Rows of two streams that are in the same window. */
    private StatefulScenario joinOfWindows() {
        Shape windows = windows();
        String type = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        String select = "SELECT x.rid AS a, y.rid AS c, COALESCE(x.window_start, y.window_start) AS ws,"
                + " COALESCE(x.window_end, y.window_end) AS we, x.k, y.n FROM ";
        String on = " ON x.window_start = y.window_start AND x.window_end = y.window_end AND x.k = y.k";
        return new StatefulScenario(
                Feature.JOIN_WINDOWS,
                List.of(relations.stream("s", ROWS), relations.stream("r", ROWS)),
                select + windows.over("s").here() + " AS x " + type + " "
                        + windows.over("r").here() + " AS y" + on,
                select + windows.over("s").there() + " AS x " + type + " "
                        + windows.over("r").there() + " AS y" + on);
    }

    /** What the same windows of two streams amount to, side by side. */
    private StatefulScenario joinOfGroups() {
        Shape windows = windows();
        String type = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        boolean hasKey = random.nextInt(4) > 0;
        String keys = "window_start, window_end" + (hasKey ? ", k" : "");
        // Rows of a full join without partners are told apart where one side has no nulls to compare.
        String filter = hasKey && type.startsWith("FULL") ? " WHERE k IS NOT NULL" : where();
        String one = "(SELECT " + keys + ", COUNT(*) AS c, SUM(n) AS sn FROM %s" + filter + " GROUP BY " + keys + ")";
        String other = "(SELECT " + keys + ", COUNT(n) AS c, MAX(d) AS md FROM %s" + where() + " GROUP BY " + keys
                + pick(List.of("", " HAVING COUNT(*) > 1")) + ")";
        String sql = pick(List.of(
                "SELECT " + keys + ", x.c AS xc, sn, y.c AS yc, md FROM %s AS x " + type + " %s AS y USING (" + keys
                        + ")",
                "SELECT COALESCE(x.window_start, y.window_start) AS ws, COALESCE(x.window_end, y.window_end) AS we,"
                        + (hasKey ? " COALESCE(x.k, y.k) AS k," : "") + " x.c AS xc, sn, y.c AS yc, md FROM %s AS x "
                        + type + " %s AS y ON x.window_start = y.window_start AND x.window_end = y.window_end"
                        + (hasKey ? " AND x.k = y.k" : "")));
        Windowed left = windows.over("s");
        Windowed right = windows.over("r");
        return new StatefulScenario(
                Feature.JOIN_GROUPS_OF_WINDOWS,
                List.of(relations.stream("s", ROWS), relations.stream("r", ROWS)),
                sql.formatted(one.formatted(left.here()), other.formatted(right.here())),
                sql.formatted(one.formatted(left.there()), other.formatted(right.there())));
    }

    private StatefulScenario session() {
        long gap = pick(List.of(2L, 4L, 8L)) * MINUTE_MS;
        String numbered =
                "SELECT *, sum(is_first) OVER (PARTITION BY k ORDER BY ts, rid) AS session FROM (SELECT *, CASE WHEN "
                        + "epoch_ms(ts) - lag(epoch_ms(ts)) OVER (PARTITION BY k ORDER BY ts, rid) <= " + gap
                        + " THEN 0 ELSE 1 END AS is_first FROM s)";
        String windowed = "SELECT *, min(ts) OVER (PARTITION BY k, session) AS window_start, "
                + "make_timestamp((epoch_ms(max(ts) OVER (PARTITION BY k, session)) + " + gap
                + ") * 1000) AS window_end FROM (" + numbered + ")";
        String aggregates = selected("k, window_start, window_end", 3);
        return new StatefulScenario(
                Feature.SESSION,
                List.of(relations.stream("s", ROWS)),
                "SELECT " + aggregates + " FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), " + interval(gap)
                        + ")) GROUP BY k, window_start, window_end",
                "SELECT " + aggregates + " FROM (" + windowed + ") GROUP BY k, window_start, window_end");
    }

    /** Groups by a window over {@code s}, and mostly by something else too. */
    private StatefulScenario windowed(Feature feature, Shape shape, String having) {
        Windowed windows = shape.over("s");
        String keys = pick(
                List.of("window_start, window_end, k", "window_start, window_end", "k, b, window_start, window_end"));
        String select = "SELECT " + selected(keys, 3) + " FROM ";
        String rest = where() + " GROUP BY " + keys + having;
        return new StatefulScenario(
                feature,
                List.of(relations.stream("s", ROWS)),
                select + windows.here() + rest,
                select + windows.there() + rest);
    }

    private StatefulScenario lookup() {
        String type = pick(List.of("JOIN", "LEFT JOIN"));
        String condition = pick(List.of("", " WHERE s.n > 0", " WHERE s.n > 0 AND s.b"));
        return both(
                Feature.LOOKUP,
                List.of(relations.stream("s", ROWS), relations.table(CHANGES)),
                "SELECT s.rid, s.k, t.name, t.w + s.n AS total FROM s " + type + " t ON s.k = t.k" + condition);
    }

    private static StatefulScenario both(Feature feature, List<TestRelation> relations, String sql) {
        return new StatefulScenario(feature, relations, sql, sql);
    }

    private static String interval(long ms) {
        return "INTERVAL '" + ms / MINUTE_MS + "' MINUTE";
    }

    private String selected(String keys, int count) {
        List<String> columns = new ArrayList<>(List.of(keys));
        for (int i = 0; i < count; i++) {
            columns.add(pick(aggregates) + " AS a" + i);
        }
        return String.join(", ", columns);
    }

    private String where() {
        return random.nextBoolean() ? "" : " WHERE " + pick(CONDITIONS);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
