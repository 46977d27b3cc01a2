package io.millrace.engine.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes random queries that bring relations together: trees of joins of tables, and sub-queries. */
final class JoinQueries {

    private static final int ROWS = 120;
    private static final int CHANGES = 50;

    private final Random random;
    private final TestRelations relations;

    JoinQueries(Random random) {
        this.random = random;
        this.relations = new TestRelations(random);
    }

    /** What a tree joins: its text, the columns that tell its rows apart, and its columns to join by, texts and numbers. */
    private record Leaf(String from, List<String> columns, List<String> texts, List<String> numbers) {}

    private static final List<Leaf> LEAVES = List.of(
            new Leaf("p", List.of("pid", "k", "v"), List.of("k"), List.of("pid", "v")),
            new Leaf("q", List.of("pid", "k", "v"), List.of("k"), List.of("pid", "v")),
            new Leaf("t", List.of("k", "name", "w"), List.of("k", "name"), List.of("w")),
            new Leaf(
                    "(SELECT pid, k, v + 1 AS x FROM q WHERE v > -2)",
                    List.of("pid", "k", "x"),
                    List.of("k"),
                    List.of("x", "pid")),
            new Leaf("(SELECT DISTINCT k FROM p WHERE k IS NOT NULL)", List.of("k"), List.of("k"), List.of()),
            new Leaf(
                    "(SELECT k, COUNT(*) AS c, SUM(v) AS sv FROM q WHERE k IS NOT NULL GROUP BY k)",
                    List.of("k", "c", "sv"),
                    List.of("k"),
                    List.of("c", "sv")));

    /** A part of a tree. */
    private record Tree(String from, List<String> texts, List<String> numbers) {}

    StatefulScenario tree(Feature feature) {
        List<String> selected = new ArrayList<>();
        int count = 3 + random.nextInt(2);
        Tree tree = leaf(0, selected);
        if (count == 4 && random.nextBoolean()) {
            tree = join(tree, leaf(1, selected));
            tree = join(tree, join(leaf(2, selected), leaf(3, selected)));
        } else {
            for (int i = 1; i < count; i++) {
                tree = join(tree, leaf(i, selected));
            }
        }
        String sql = "SELECT " + String.join(", ", selected) + " FROM " + tree.from();
        return new StatefulScenario(feature, tables(sql), sql, sql);
    }

    /** The tables that a query names. */
    private List<TestRelation> tables(String sql) {
        return Stream.of(
                        relations.foreignTable("p", CHANGES),
                        relations.foreignTable("q", CHANGES),
                        relations.table(CHANGES))
                .filter(table -> Pattern.compile(
                                "\\b(FROM|JOIN) \\(*" + table.spec().name() + "\\b")
                        .matcher(sql)
                        .find())
                .toList();
    }

    private Tree leaf(int number, List<String> selected) {
        Leaf leaf = pick(LEAVES);
        String alias = "r" + number;
        leaf.columns().forEach(column -> selected.add(alias + "." + column + " AS " + alias + "_" + column));
        return new Tree(
                leaf.from() + " AS " + alias,
                leaf.texts().stream().map(column -> alias + "." + column).toList(),
                leaf.numbers().stream().map(column -> alias + "." + column).toList());
    }

    private Tree join(Tree left, Tree right) {
        String type = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        boolean byNumber = !left.numbers().isEmpty() && !right.numbers().isEmpty() && random.nextInt(4) == 0;
        String on = byNumber
                ? pick(left.numbers()) + " = " + pick(right.numbers())
                : pick(left.texts()) + " = " + pick(right.texts());
        boolean hasMore = !type.startsWith("FULL")
                && !left.numbers().isEmpty()
                && !right.numbers().isEmpty();
        if (hasMore && random.nextInt(3) == 0) {
            on += " AND " + pick(left.numbers()) + " < " + pick(right.numbers());
        }
        return new Tree(
                "(" + left.from() + " " + type + " " + right.from() + " ON " + on + ")",
                both(left.texts(), right.texts()),
                both(left.numbers(), right.numbers()));
    }

    /** Joins that write the column that they compare once. */
    StatefulScenario merged(Feature feature) {
        String type = pick(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"));
        String groups = "(SELECT k, COUNT(*) AS c FROM q WHERE k IS NOT NULL GROUP BY k) AS g";
        String sql = pick(List.of(
                "SELECT k, w, c FROM t " + type + " " + groups + " USING (k)",
                "SELECT k, w, c FROM t NATURAL " + type + " " + groups,
                "SELECT pid, p.v, q.v AS w FROM p " + type + " q USING (pid)",
                "SELECT COALESCE(q.pid, p.pid) AS pid, p.v, q.k FROM p FULL JOIN q ON p.pid = q.pid",
                "SELECT pid, v, w, c FROM (SELECT pid, p.v, q.v AS w FROM p FULL JOIN q USING (pid)) FULL JOIN"
                        + " (SELECT pid, v + 1 AS c FROM p WHERE v > 0) AS e USING (pid)",
                "SELECT k, COUNT(*) AS n, SUM(c) AS sc FROM (SELECT k, w, c FROM t FULL JOIN " + groups
                        + " USING (k)) GROUP BY k"));
        return new StatefulScenario(feature, tables(sql), sql, sql);
    }

    private static List<String> both(List<String> left, List<String> right) {
        List<String> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    private static final List<String> CONDITIONS = List.of(
            "p.k %s (SELECT k FROM t)",
            "p.k %s (SELECT k FROM t WHERE w > 0)",
            "p.k %s (SELECT name FROM t)",
            "p.v %s (SELECT w FROM t WHERE t.k = p.k)",
            "p.v %s (SELECT w FROM t WHERE w IS NOT NULL)",
            "p.v + 1 %s (SELECT w FROM t)",
            "p.pid %s (SELECT q.pid FROM q JOIN t ON q.k = t.k WHERE t.w < p.v)",
            "p.pid %s (SELECT pid FROM q WHERE q.k %1$s (SELECT k FROM t))",
            "(p.k, p.v) %s (SELECT k, w FROM t)");

    private static final List<String> EXISTING = List.of(
            "%s (SELECT * FROM t WHERE t.k = p.k)",
            "%s (SELECT 1 FROM t WHERE t.k = p.k AND t.w > p.v)",
            "%s (SELECT DISTINCT w FROM t WHERE t.w = p.v AND t.k <> p.k)",
            "%s (SELECT * FROM t WHERE t.w > 2)",
            "%s (SELECT * FROM q WHERE q.pid = p.pid AND q.v = p.v + 1)",
            "%s (SELECT k FROM q WHERE q.k = p.k GROUP BY k)");

    private static final List<String> COMPARED =
            List.of("p.v > ANY (SELECT w FROM t WHERE t.k = p.k)", "p.v <= ALL (SELECT w FROM t)");

    private static final List<String> VALUES = List.of(
            "p.v > (SELECT AVG(w) FROM t)",
            "p.v = (SELECT MAX(w) FROM t WHERE t.k = p.k)",
            "0 < (SELECT COUNT(*) FROM q WHERE q.k = p.k AND q.v > 0)",
            "p.v IN (SELECT w FROM t WHERE w IS NOT NULL) OR p.k = 'a'");

    StatefulScenario subquery(Feature feature) {
        StringBuilder where = new StringBuilder(condition());
        if (random.nextInt(3) == 0) {
            where.append(" AND ").append(condition());
        }
        if (random.nextInt(3) == 0) {
            where.append(" AND p.v > -3");
        }
        String sql = "SELECT p.pid, p.k, p.v FROM p WHERE " + where;
        return new StatefulScenario(feature, tables(sql), sql, sql);
    }

    private String condition() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> pick(CONDITIONS).formatted(pick(List.of("IN", "NOT IN")));
            case 2, 3 -> pick(EXISTING).formatted(pick(List.of("EXISTS", "NOT EXISTS")));
            default -> pick(COMPARED);
        };
    }

    StatefulScenario valueQuery(Feature feature) {
        String sql = random.nextBoolean()
                ? "SELECT p.pid, p.v FROM p WHERE " + pick(VALUES)
                : "SELECT p.pid, p.k, (SELECT MAX(w) FROM t) AS top, (SELECT COUNT(*) FROM t WHERE t.k = p.k) AS c FROM p";
        return new StatefulScenario(feature, tables(sql), sql, sql);
    }

    StatefulScenario lookedUp(Feature feature) {
        String sql = "SELECT s.rid, s.k, s.n FROM s WHERE "
                + pick(List.of(
                        "s.k IN (SELECT k FROM t)",
                        "s.k NOT IN (SELECT k FROM t)",
                        "s.k NOT IN (SELECT k FROM t WHERE w > 0)",
                        "EXISTS (SELECT * FROM t WHERE t.k = s.k AND t.w < s.n)",
                        "NOT EXISTS (SELECT * FROM t WHERE t.k = s.k AND t.w < s.n)",
                        "NOT EXISTS (SELECT * FROM t WHERE t.w = s.n)",
                        "s.n IN (SELECT w FROM t)",
                        "s.n > (SELECT AVG(w) FROM t)"));
        return new StatefulScenario(feature, List.of(relations.stream("s", ROWS), relations.table(CHANGES)), sql, sql);
    }

    StatefulScenario streams(Feature feature) {
        String sql = "SELECT s.rid, s.k FROM s WHERE " + pick(List.of("", "NOT ")) + "EXISTS (SELECT * FROM r WHERE "
                + pick(List.of("s.k = r.k", "s.k = r.k AND r.n > s.n", "s.n = r.n"))
                + " AND r.ts BETWEEN s.ts - INTERVAL '5' MINUTE AND s.ts + INTERVAL '3' MINUTE)";
        return new StatefulScenario(
                feature, List.of(relations.stream("s", ROWS), relations.stream("r", ROWS)), sql, sql);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
