package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

    /** That every name fits the database. */
    void names(TableName table, List<RecordField> fields) {
        int most = dialect.database().maxIdentifierBytes();
        Stream.concat(Stream.of(table.name()), fields.stream().map(RecordField::name))
                .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > most)
                .findFirst()
                .ifPresent(name -> {
                    throw new ConnectException("The name '" + name + "' of topic " + topic + " is longer than the "
                            + most + " bytes that the database keeps: give "
                            + (name.equals(table.name())
                                    ? "a shorter one in " + TableRouting.TABLE
                                    : "the field another in " + ColumnNaming.RENAME));
                });
    }

    /**
     * Which column each field goes to.
     *
     * @throws ConnectException naming everything that keeps the records from being written
     */
    List<TableWrite.Target> targets(Table table, List<RecordField> fields) {
        List<TableWrite.Target> targets = targetsOf(table, fields);
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
        if (config.evolution().columns() == ChangePolicy.IGNORE) {
            missing.removeIf(field -> !field.isPrimaryKey());
        }
        if (!missing.isEmpty()) {
            throw new ConnectException(missingMessage(table, missing, topic, dialect));
        }
        return targets;
    }

    static String missingMessage(Table table, List<RecordField> missing, String topic, SinkDialect dialect) {
        String definitions = missing.stream()
                .map(field -> "ADD " + dialect.quote(field.name()) + " " + dialect.typeFor(field))
                .collect(Collectors.joining(", "));
        return "Table " + table.name() + " has no column for "
                + quoted(missing.stream().map(RecordField::name).toList()) + " of topic " + topic
                + ": add it with ALTER TABLE " + dialect.name(table.name()) + " " + definitions
                + ", or leave the field out before the sink; "
                + table.columnsLike(missing.get(0).name());
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
