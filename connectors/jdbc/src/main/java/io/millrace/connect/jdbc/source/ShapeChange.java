package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.Column;
import io.millrace.connect.common.ColumnType;
import io.millrace.connect.common.RowShape;
import io.millrace.connect.jdbc.database.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has become of a table's columns.
 *
 * @param changes all changes, for people
 * @param breaking those after which a reader of the new rows cannot read the old ones
 */
record ShapeChange(List<String> changes, List<String> breaking) {

    static final String EVOLVE = "evolve";
    static final String PAUSE = "pause";
    static final String FAIL = "fail";

    private static final Logger LOG = LoggerFactory.getLogger(ShapeChange.class);

    static ShapeChange between(RowShape before, RowShape now) {
        Map<String, Column> old =
                before.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        Map<String, Column> fresh = now.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        List<String> changes = new ArrayList<>();
        List<String> breaking = new ArrayList<>();
        for (Column column : now.columns()) {
            Column was = old.get(column.name());
            if (was == null) {
                note(column.name() + " is new", !column.nullable(), changes, breaking);
            } else if (!was.type().equals(column.type())) {
                note(
                        column.name() + " is " + column.type() + " instead of " + was.type(),
                        !isWider(was.type(), column.type()),
                        changes,
                        breaking);
            } else if (was.nullable() != column.nullable()) {
                note(
                        column.name() + (column.nullable() ? " may be null" : " is NOT NULL"),
                        !column.nullable(),
                        changes,
                        breaking);
            }
        }
        before.columns().stream()
                .filter(column -> !fresh.containsKey(column.name()))
                .forEach(column -> changes.add(column.name() + " is gone"));
        return new ShapeChange(changes, breaking);
    }

    private static void note(String change, boolean isBreaking, List<String> changes, List<String> breaking) {
        changes.add(change);
        if (isBreaking) {
            breaking.add(change);
        }
    }

    /** Whether every value of one type is one of the other, and a reader of Avro promotes it. */
    private static boolean isWider(ColumnType from, ColumnType to) {
        return switch (from.kind()) {
            case TINYINT, SMALLINT, INT ->
                switch (to.kind()) {
                    case SMALLINT, INT -> to.kind().compareTo(from.kind()) > 0;
                    case BIGINT, DOUBLE -> true;
                    default -> false;
                };
            case REAL -> to.kind() == ColumnType.Kind.DOUBLE;
            default -> false;
        };
    }

    /**
     * Whether reading goes on.
     *
     * @throws ConnectException when the change is to stop the task
     */
    boolean mayGoOn(JdbcSourceConfig config, TableName table) {
        String all = String.join(", ", changes);
        if (breaking.isEmpty() || config.schemaChange().equals(EVOLVE)) {
            LOG.info("Table {} has changed: {}", table, all.isEmpty() ? "its keys or types" : all);
            return true;
        }
        String what = "Table " + table + " has changed so that readers of its new rows cannot read the old ones: "
                + String.join(", ", breaking) + "; " + SourceDefinition.SCHEMA_CHANGE + "="
                + config.schemaChange().toLowerCase(Locale.ROOT);
        if (config.schemaChange().equals(FAIL)) {
            throw new ConnectException(what + " stops here: set it to " + EVOLVE + " to go on with the new columns");
        }
        LOG.warn("{} waits until the table is as before, or it is set to {}", what, EVOLVE);
        return false;
    }
}
