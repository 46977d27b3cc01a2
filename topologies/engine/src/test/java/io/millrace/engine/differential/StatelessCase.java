package io.millrace.engine.differential;

import io.millrace.document.InvalidDocumentException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A table of random rows for queries to be run over.
 *
 * @param names its columns, behind {@code id}
 * @param types their types
 * @param rows its rows, without the id, which is the row's position
 */
record StatelessCase(List<String> names, List<ColumnType> types, List<Object[]> rows) {

    private static final int NULL_PERCENT = 12;
    private static final int DUPLICATE_PERCENT = 20;

    /** A difference between the engine and DuckDB: where and what. */
    record Difference(StatelessQuery query, int row, String text) {}

    /** A table with at least two columns of every type. */
    static StatelessCase random(Random random, int rows) {
        List<ColumnType> types = new ArrayList<>(ColumnType.ALL);
        types.addAll(ColumnType.ALL);
        for (int i = random.nextInt(8); i > 0; i--) {
            types.add(ColumnType.ALL.get(random.nextInt(ColumnType.ALL.size())));
        }
        java.util.Collections.shuffle(types, random);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            names.add("c" + i);
        }
        List<Object[]> content = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            if (i > 0 && random.nextInt(100) < DUPLICATE_PERCENT) {
                content.add(content.get(random.nextInt(i)));
                continue;
            }
            content.add(row(types, random));
        }
        return new StatelessCase(names, types, content);
    }

    /** This table with rows behind it in which any two corners of a type meet in the first two columns of that type. */
    StatelessCase withCorners() {
        List<Object[]> all = new ArrayList<>(rows);
        int most = ColumnType.ALL.stream()
                .mapToInt(type -> Values.corners(type).size())
                .max()
                .orElseThrow();
        for (int pair = 0; pair < most * most; pair++) {
            Object[] row = new Object[types.size()];
            for (int i = 0; i < row.length; i++) {
                List<Object> corners = Values.corners(types.get(i));
                boolean isFirst = types.indexOf(types.get(i)) == i;
                row[i] = corners.get((isFirst ? pair / corners.size() : pair) % corners.size());
            }
            all.add(row);
        }
        return new StatelessCase(names, types, all);
    }

    private static Object[] row(List<ColumnType> types, Random random) {
        Object[] row = new Object[types.size()];
        for (int i = 0; i < row.length; i++) {
            int before = types.subList(0, i).lastIndexOf(types.get(i));
            // Otherwise hardly any two columns of a row were equal.
            boolean isRepeated = before >= 0 && random.nextInt(100) < DUPLICATE_PERCENT;
            row[i] = isRepeated
                    ? row[before]
                    : random.nextInt(100) < NULL_PERCENT ? null : Values.random(types.get(i), random);
        }
        return row;
    }

    List<Expression> columns() {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(Expression.leaf(types.get(i), names.get(i), names.get(i)));
        }
        return columns;
    }

    StatelessCase only(int row) {
        return new StatelessCase(names, types, List.<Object[]>of(rows.get(row)));
    }

    /** Makes this the table {@code t} of the oracle. */
    void create(DuckDb duckDb) throws SQLException {
        duckDb.createTable("t", "id", names, types, rows);
    }

    /** Runs queries in one pipeline and in DuckDB over the table that {@link #create} made, and compares them row by row. */
    List<Difference> differences(DuckDb duckDb, List<StatelessQuery> queries) throws SQLException {
        return differences(duckDb, queries, new Tally());
    }

    /** The same, with what was compared added to {@code tally}. */
    List<Difference> differences(DuckDb duckDb, List<StatelessQuery> queries, Tally tally) throws SQLException {
        SqlResult result;
        try {
            result = run(queries);
        } catch (InvalidDocumentException | RuntimeException | StackOverflowError | AssertionError e) {
            return alone(duckDb, queries, e, tally);
        }
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            compare(duckDb, queries.get(i), result, "q" + i, differences, tally);
        }
        return differences;
    }

    /** A query that cannot be run takes the whole pipeline with it: each is run by itself, to find it. */
    private List<Difference> alone(DuckDb duckDb, List<StatelessQuery> queries, Throwable error, Tally tally)
            throws SQLException {
        if (queries.size() == 1) {
            tally.refused();
            return List.of(new Difference(queries.get(0), -1, "cannot be run: " + firstLines(error)));
        }
        List<Difference> differences = new ArrayList<>();
        for (StatelessQuery query : queries) {
            differences.addAll(differences(duckDb, List.of(query), tally));
        }
        return differences;
    }

    private static String firstLines(Throwable error) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = error; at != null; at = at.getCause()) {
            String message = String.valueOf(at);
            text.append(text.length() == 0 ? "" : " <- ").append(message, 0, Math.min(300, message.length()));
        }
        return text.toString().replace('\n', ' ');
    }

    private SqlResult run(List<StatelessQuery> queries) throws InvalidDocumentException {
        StringBuilder columns = new StringBuilder("id BIGINT NOT NULL");
        for (int i = 0; i < names.size(); i++) {
            columns.append(", ")
                    .append(names.get(i))
                    .append(' ')
                    .append(types.get(i).here());
        }
        Map<String, String> steps = new LinkedHashMap<>();
        for (int i = 0; i < queries.size(); i++) {
            steps.put("q" + i, queries.get(i).here());
        }
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Object[] row = new Object[names.size() + 1];
            row[0] = (long) i;
            System.arraycopy(rows.get(i), 0, row, 1, names.size());
            inputs.add(Input.row("t", row));
        }
        return SqlRun.plan(List.of(RelationSpec.stream("t", columns.toString())), steps)
                .run(inputs);
    }

    private void compare(
            DuckDb duckDb,
            StatelessQuery query,
            SqlResult result,
            String step,
            List<Difference> differences,
            Tally tally)
            throws SQLException {
        List<Object[]> oracle;
        try {
            oracle = duckDb.query(query.there());
        } catch (SQLException e) {
            differences.add(new Difference(
                    query, -1, "DuckDB cannot run it: " + e.getMessage().replace('\n', ' ')));
            return;
        }
        Map<Long, Object[]> given = new HashMap<>();
        result.step(step).records().forEach(record -> given.put((Long) record.value()[0], record.value()));
        Map<Long, String> setAside = new HashMap<>();
        result.quarantine().stream()
                .filter(row -> row.relation().equals(step))
                .forEach(row -> setAside.put(row.offset(), row.reason()));
        tally.compared();
        for (int row = 0; row < rows.size(); row++) {
            tally.row(given.containsKey((long) row), setAside.containsKey((long) row));
            String difference = difference(query, oracle.get(row), given.get((long) row), setAside.get((long) row));
            if (difference != null) {
                differences.add(new Difference(query, row, difference));
            }
        }
    }

    private static String difference(StatelessQuery query, Object[] oracle, Object[] given, String reason) {
        List<Expression> all = query.expressions();
        boolean isLeftOut = query.condition() != null
                && !Boolean.TRUE.equals(failed(oracle, all.size() - 1))
                && !Boolean.TRUE.equals(value(oracle, all.size() - 1));
        boolean mustFail = false;
        boolean mayBeSkipped = false;
        for (int i = 0; i < all.size(); i++) {
            if (failed(oracle, i) && (!isLeftOut || i == all.size() - 1)) {
                mustFail = true;
                mayBeSkipped |= all.get(i).maySkip();
            }
        }
        if (mustFail) {
            return reason != null || mayBeSkipped ? null : "DuckDB fails, the engine does not" + show(given);
        }
        if (reason != null) {
            return all.stream().anyMatch(Expression::maySkip) ? null : "the engine fails, DuckDB does not: " + reason;
        }
        if (isLeftOut) {
            return given == null ? null : "DuckDB leaves the row out";
        }
        if (given == null) {
            return "the engine leaves the row out";
        }
        for (int i = 0; i < query.columns().size(); i++) {
            Expression column = query.columns().get(i);
            if (!Values.isSame(column.type(), given[i + 1], value(oracle, i), column.ulps())) {
                return column.here() + " is " + given[i + 1] + ", in DuckDB " + value(oracle, i);
            }
        }
        return null;
    }

    private static String show(Object[] given) {
        return given == null ? "" : ": " + java.util.Arrays.toString(given);
    }

    private static boolean failed(Object[] oracle, int expression) {
        return (Boolean) oracle[1 + 2 * expression];
    }

    private static Object value(Object[] oracle, int expression) {
        return oracle[2 + 2 * expression];
    }

    /** The columns of a row that a query reads. */
    String show(int row, StatelessQuery query) {
        if (row < 0) {
            return "";
        }
        List<String> text = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (query.here().matches("(?s).*\\b" + names.get(i) + "\\b.*")) {
                text.add(names.get(i) + " " + types.get(i).here() + " = " + rows.get(row)[i]);
            }
        }
        return String.join(", ", text);
    }
}
