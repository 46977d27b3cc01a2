package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.database.ConnectionSettings;
import io.millrace.connect.jdbc.database.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a {@link io.millrace.connect.jdbc.JdbcSourceConnector} is told.
 *
 * @param connector the connector's name
 * @param connection the database
 * @param options what every source is told
 * @param tableText the table as configured, which names the source partition; empty with a query
 * @param query the query that gives the rows; empty when tables do
 * @param selection which tables are read when it is not one
 * @param mode which rows are read
 * @param incrementingColumn the column whose growth shows new rows; empty when the mode has none
 * @param timestampColumn the column whose time shows new and changed rows; empty when the mode has none
 * @param start where a table is begun that has no stored offset
 * @param where what a row has to meet to be read
 * @param pollIntervalMs the time between the end of one look at a table and the next, in milliseconds
 * @param batchSize rows of one fetch and one poll
 * @param overlapMs how long rows may appear before ones that have been read, in milliseconds; -1 when the database decides
 * @param splitRows rows from which a table is read by several tasks
 * @param tablesIntervalMs how often the database is looked at for new and dropped tables, in milliseconds
 * @param isolation the isolation of the reads; empty for the database's own
 */
public record JdbcSourceConfig(
        String connector,
        ConnectionSettings connection,
        SourceOptions options,
        String tableText,
        String query,
        TableSelection selection,
        ReadMode mode,
        String incrementingColumn,
        String timestampColumn,
        String start,
        Condition where,
        long pollIntervalMs,
        int batchSize,
        long overlapMs,
        long splitRows,
        long tablesIntervalMs,
        String isolation) {

    /** The name that a query has as a source partition's table. */
    static final String QUERY_NAME = "query";

    static JdbcSourceConfig of(AbstractConfig config, Map<String, String> properties) {
        String connector = properties.getOrDefault("name", "jdbc-source");
        ReadMode mode = ReadMode.of(config.getString(SourceDefinition.MODE));
        String incrementing = config.getString(SourceDefinition.INCREMENTING_COLUMN);
        String timestamp = config.getString(SourceDefinition.TIMESTAMP_COLUMN);
        require(mode, SourceDefinition.INCREMENTING_COLUMN, incrementing, mode.needsIncrementingColumn());
        require(mode, SourceDefinition.TIMESTAMP_COLUMN, timestamp, mode.needsTimestampColumn());
        TableSelection selection = TableSelection.of(config);
        JdbcSourceConfig read = new JdbcSourceConfig(
                connector,
                ConnectionSettings.of(config, connector),
                SourceOptions.of(config, connector),
                config.getString(SourceDefinition.TABLE),
                config.getString(SourceDefinition.QUERY),
                selection,
                mode,
                incrementing,
                timestamp,
                config.getString(SourceDefinition.START),
                ConditionParser.parse(SourceDefinition.WHERE, config.getString(SourceDefinition.WHERE)),
                config.getLong(SourceDefinition.POLL_INTERVAL_MS),
                config.getInt(SourceDefinition.BATCH_SIZE),
                config.getLong(SourceDefinition.OVERLAP_MS),
                config.getLong(SourceDefinition.SPLIT_ROWS),
                config.getLong(SourceDefinition.TABLES_INTERVAL_MS),
                config.getString(SourceDefinition.ISOLATION));
        read.requireOneKindOfSource();
        return read;
    }

    /**
     * Reads a configuration.
     *
     * @throws ConfigException when it does not go together; the message names the key
     */
    public static JdbcSourceConfig of(Map<String, String> properties) {
        return of(new AbstractConfig(SourceDefinition.definition(), properties, false), properties);
    }

    private static void require(ReadMode mode, String key, String column, boolean isNeeded) {
        if (column.isEmpty() == isNeeded) {
            throw new ConfigException(
                    key,
                    column,
                    isNeeded
                            ? "mode=" + mode + " needs the name of the column "
                                    + (key.equals(SourceDefinition.TIMESTAMP_COLUMN) ? "with the time" : "that grows")
                            : "mode=" + mode + " has no such column: set another mode, or leave it out");
        }
    }

    private void requireOneKindOfSource() {
        int kinds = (tableText.isEmpty() ? 0 : 1) + (query.isEmpty() ? 0 : 1) + (selection.isEmpty() ? 0 : 1);
        if (kinds != 1) {
            throw new ConfigException(
                    SourceDefinition.TABLE,
                    tableText,
                    "one of " + SourceDefinition.TABLE + ", " + SourceDefinition.TABLES_INCLUDE + " and "
                            + SourceDefinition.QUERY + " says what is read, and " + kinds + " of them are set");
        }
        if (!selection.isEmpty() && !options.topic().contains(TableSelection.TABLE_MARK)) {
            throw new ConfigException(
                    SourceOptions.TOPIC,
                    options.topic(),
                    "several tables need a topic each: put " + TableSelection.TABLE_MARK + " in its name, and "
                            + TableSelection.SCHEMA_MARK + " where tables of one name are in several schemas");
        }
    }

    /**
     * The configuration of one of several tables: with its topic, and with what {@code table.NAME.KEY} sets for it.
     *
     * @param properties all that the connector was told
     */
    static JdbcSourceConfig of(Map<String, String> properties, TableName table) {
        Map<String, String> own = new HashMap<>(properties);
        own.remove(SourceDefinition.TABLES_INCLUDE);
        own.remove(SourceDefinition.TABLES_EXCLUDE);
        own.put(SourceDefinition.TABLE, table.toText());
        for (String name : List.of(table.name(), table.toText())) {
            String prefix = "table." + name + ".";
            properties.forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    own.put(key.substring(prefix.length()), value);
                }
            });
        }
        own.computeIfPresent(SourceOptions.TOPIC, (key, topic) -> TableSelection.topic(topic, table));
        return of(own);
    }

    /** How the source partition names what is read. */
    String sourceName() {
        return query.isEmpty() ? tableText : QUERY_NAME;
    }

    TableName table() {
        return query.isEmpty() ? TableName.parse(SourceDefinition.TABLE, tableText) : new TableName(null, QUERY_NAME);
    }

    public boolean isOneRelation() {
        return selection.isEmpty();
    }
}
