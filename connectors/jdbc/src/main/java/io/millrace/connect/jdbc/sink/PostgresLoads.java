package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.PostgresTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the loads of PostgreSQL tables. Rows that are only added are copied into their table when it takes them so and all values can
 * be written as its types; others are staged.
 *
 * @param dialect whose names and clauses the statements have
 */
record PostgresLoads(PostgresSink dialect) {

    private static final AtomicLong STAGES = new AtomicLong();

    /** Rules and policies apply to statements alone, and a view has nothing to copy into. */
    private static final String ABILITIES = "SELECT c.relkind IN ('r', 'p') AND NOT c.relhasrules AND NOT"
            + " row_security_active(c.oid), has_database_privilege(current_database(), 'TEMP')"
            + " FROM pg_class c WHERE c.oid = CAST(? AS regclass)";

    private record Abilities(boolean takesCopies, boolean takesStages) {}

    RowLoad of(Connection connection, TableWrite write) throws SQLException {
        List<TableWrite.Target> targets = write.action() == RowAction.DELETE ? write.keys() : write.targets();
        List<CopyColumn> columns = targets.stream()
                .map(target -> CopyColumn.of(target.field().schema(), target.column()))
                .toList();
        Abilities abilities = abilities(connection, write);
        boolean isPlain = columns.stream().allMatch(column -> column.stagedAs() == null);
        if (write.action() == RowAction.INSERT && isPlain && abilities.takesCopies()) {
            return load(dialect.name(write.table()) + " " + statements().list(write.columns()), targets, columns, null);
        }
        boolean changesNothing =
                write.action() == RowAction.UPDATE && write.others().isEmpty();
        if (!abilities.takesStages() || changesNothing) {
            return PreparedLoad.of(write, dialect);
        }
        CopyStage stage = stage(connection, write, targets, columns);
        return load(stage.name(), targets, columns, stage);
    }

    private static CopyLoad load(
            String into, List<TableWrite.Target> targets, List<CopyColumn> columns, @Nullable CopyStage stage) {
        return new CopyLoad(
                "COPY " + into + " FROM STDIN (FORMAT binary)",
                targets.stream().map(TableWrite.Target::field).toList(),
                columns,
                stage);
    }

    private Abilities abilities(Connection connection, TableWrite write) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ABILITIES)) {
            statement.setString(1, dialect.name(write.table()));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new Abilities(rows.getBoolean(1), rows.getBoolean(2))
                        : new Abilities(false, false);
            }
        }
    }

    private CopyStage stage(
            Connection connection, TableWrite write, List<TableWrite.Target> targets, List<CopyColumn> columns)
            throws SQLException {
        String name = "pg_temp." + dialect.quote("millrace_stage_" + STAGES.incrementAndGet());
        List<String> definitions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String staged = columns.get(i).stagedAs();
            definitions.add((staged == null ? dialect.quote(targets.get(i).name()) : "CAST(NULL AS " + staged + ")")
                    + " AS " + stageColumn(i));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE " + name.substring("pg_temp.".length())
                    + " ON COMMIT DELETE ROWS AS SELECT " + String.join(", ", definitions) + " FROM "
                    + dialect.name(write.table()) + " WITH NO DATA");
        }
        return new CopyStage(name, merges(write, name, targets, columns));
    }

    private static String stageColumn(int index) {
        return "c" + index;
    }

    private List<String> merges(
            TableWrite write, String stage, List<TableWrite.Target> targets, List<CopyColumn> columns) {
        String table = dialect.name(write.table());
        List<String> values = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            TableWrite.Target target = targets.get(i);
            String staged = "s." + stageColumn(i);
            String value = CopyColumn.TEXT.equals(columns.get(i).stagedAs())
                    ? "CAST(" + staged + " AS " + PostgresTypes.castName(target.column(), dialect.database()) + ")"
                    : staged;
            values.add(value);
            String pair = dialect.quote(target.name()) + " = " + value;
            (target.field().isPrimaryKey() ? keys : changes).add(pair);
        }
        String insert = statements().insertInto(write.table(), write.columns()) + " SELECT " + String.join(", ", values)
                + " FROM " + stage + " s";
        String same = keys.stream().map(key -> "t." + key).collect(Collectors.joining(" AND "));
        // Rows are staged in the order of their keys, in which they are locked before a join can take another.
        String lock = "SELECT count(*) FROM (SELECT 1 FROM " + table + " t JOIN " + stage + " s ON " + same
                + " ORDER BY s.ctid FOR UPDATE OF t) locked";
        return switch (write.action()) {
            case INSERT -> List.of(insert);
            case UPSERT ->
                List.of(insert + " "
                        + dialect.replaceOnConflict(TableWrite.names(write.keys()), TableWrite.names(write.others())));
            case UPDATE ->
                List.of(
                        lock,
                        "UPDATE " + table + " t SET " + String.join(", ", changes) + " FROM " + stage + " s WHERE "
                                + same);
            case DELETE -> List.of(lock, "DELETE FROM " + table + " t USING " + stage + " s WHERE " + same);
        };
    }

    private SinkStatements statements() {
        return new SinkStatements(dialect);
    }
}
