package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Holds a table against the records that are meant for it, before anything is written.
 *
 * @param config the sink's configuration
 * @param dialect the database's types
 * @param topic the records' topic
 */
record TableChecks(JdbcSinkConfig config, SinkDialect dialect, String topic) {

    /** That every field has a column type, and every name fits the database. */
    void types(TableName table, List<RecordField> fields) {
        for (RecordField field : fields) {
            if (dialect.typeFor(field.schema()) == null) {
                throw new ConnectException("Field '" + field.name() + "' of topic " + topic + " is of type "
                        + field.schema().type()
                        + ", which has no column type: take it apart or leave it out before the sink");
            }
        }
        Stream.concat(Stream.of(table.name()), fields.stream().map(RecordField::name))
                .filter(name -> name.getBytes(StandardCharsets.UTF_8).length
                        > dialect.database().maxIdentifierBytes())
                .findFirst()
                .ifPresent(name -> {
                    throw new ConnectException("The name '" + name + "' of topic " + topic + " is longer than the "
                            + dialect.database().maxIdentifierBytes() + " bytes that the database keeps: give "
                            + (name.equals(table.name())
                                    ? "a shorter one in " + JdbcSinkConfig.TABLE
                                    : "the field another"));
                });
    }

    /**
     * Which column each field goes to.
     *
     * @throws ConnectException naming everything that keeps the records from being written
     */
    List<TableWrite.Target> targets(Table table, List<RecordField> fields) {
        List<TableWrite.Target> targets = targetsOf(table, fields);
        Set<String> filled =
                targets.stream().map(target -> target.column().name()).collect(Collectors.toSet());
        List<String> lacking = table.columns().stream()
                .filter(column -> !column.nullable() && !column.filledIn())
                .map(TableColumn::name)
                .filter(name -> !filled.contains(name))
                .toList();
        if (!lacking.isEmpty()) {
            throw new ConnectException("Table " + table.name() + " needs a value in " + quoted(lacking)
                    + ", which the records of topic " + topic
                    + " do not have: give the columns a default, drop their NOT NULL, or add the fields");
        }
        List<String> key = keyColumns(targets);
        if (config.mode() == SinkMode.UPSERT && !table.hasUniqueKey(key)) {
            throw new ConnectException("Table " + table.name() + " has no primary key or unique constraint on "
                    + quoted(key) + ", which mode=upsert replaces rows by: add one with ALTER TABLE "
                    + dialect.name(table.name()) + " ADD PRIMARY KEY ("
                    + key.stream().map(dialect::quote).collect(Collectors.joining(", ")) + "), or set "
                    + JdbcSinkConfig.KEY_FIELDS);
        }
        return targets;
    }

    /** The fields' columns, without a look at the others. */
    List<TableWrite.Target> targetsOf(Table table, List<RecordField> fields) {
        List<TableWrite.Target> targets = new ArrayList<>();
        List<RecordField> missing = new ArrayList<>();
        for (RecordField field : fields) {
            table.column(field.name())
                    .ifPresentOrElse(
                            column -> targets.add(new TableWrite.Target(field, column)), () -> missing.add(field));
        }
        if (!missing.isEmpty()) {
            String definitions = missing.stream()
                    .map(field -> "ADD " + dialect.quote(field.name()) + " " + dialect.typeFor(field.schema()))
                    .collect(Collectors.joining(", "));
            throw new ConnectException("Table " + table.name() + " has no column for "
                    + quoted(missing.stream().map(RecordField::name).toList()) + " of topic " + topic
                    + ": add it with ALTER TABLE " + dialect.name(table.name()) + " " + definitions
                    + ", or leave the field out before the sink; "
                    + table.columnsLike(missing.get(0).name()));
        }
        return targets;
    }

    /** The columns of the primary key. */
    static List<String> keyColumns(List<TableWrite.Target> targets) {
        return targets.stream()
                .filter(target -> target.field().isPrimaryKey())
                .map(target -> target.column().name())
                .toList();
    }

    private static String quoted(List<String> names) {
        return names.stream().collect(Collectors.joining("', '", "'", "'"));
    }
}
