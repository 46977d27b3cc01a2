package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.JdbcSourceConnector;
import io.millrace.connect.jdbc.database.ConnectionSettings;
import io.millrace.connect.jdbc.database.TableName;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a {@link JdbcSourceConnector} is told.
 *
 * @param connector the connector's name
 * @param connection the database
 * @param options what every source is told
 * @param tableText the table as configured, which names the source partition
 * @param table the table
 * @param incrementingColumn the column whose growth shows new rows; empty in mode bulk
 * @param where what a row has to meet to be read
 * @param pollIntervalMs the time between the end of one look at the table and the next, in milliseconds
 * @param batchSize rows of one fetch and one poll
 */
public record JdbcSourceConfig(
        String connector,
        ConnectionSettings connection,
        SourceOptions options,
        String tableText,
        TableName table,
        String incrementingColumn,
        Condition where,
        long pollIntervalMs,
        int batchSize) {

    static final String TABLE = "table";
    static final String MODE = "mode";
    static final String INCREMENTING_COLUMN = "incrementing.column";
    static final String WHERE = "where";
    static final String POLL_INTERVAL_MS = "poll.interval.ms";
    static final String BATCH_SIZE = "batch.size";
    static final String BULK = "bulk";
    static final String INCREMENTING = "incrementing";

    public static ConfigDef definition() {
        ConfigDef definition = ConnectionSettings.define(new ConfigDef())
                .define(
                        TABLE,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.CompositeValidator.of(new ConfigDef.NonEmptyString(), TableName.VALIDATOR),
                        Importance.HIGH,
                        "The table or view to read, with its schema or without; without, the user's search path decides",
                        "Table",
                        1,
                        ConfigDef.Width.MEDIUM,
                        "Table")
                .define(
                        MODE,
                        Type.STRING,
                        BULK,
                        ConfigDef.ValidString.in(BULK, INCREMENTING),
                        Importance.HIGH,
                        "bulk reads the whole table, every time; incrementing reads the rows whose incrementing.column is"
                                + " greater than any read before. Changed rows, and rows that become visible after ones with"
                                + " greater values, are not seen by incrementing",
                        "Table",
                        2,
                        ConfigDef.Width.SHORT,
                        "Mode")
                .define(
                        INCREMENTING_COLUMN,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "With mode incrementing: a column that only ever grows, such as a serial id. Rows without a value are not read",
                        "Table",
                        3,
                        ConfigDef.Width.MEDIUM,
                        "Incrementing column")
                .define(
                        WHERE,
                        Type.STRING,
                        "",
                        new ConfigDef.Validator() {
                            @Override
                            public void ensureValid(String name, Object value) {
                                ConditionParser.parse(name, String.valueOf(value));
                            }

                            @Override
                            public String toString() {
                                return "COLUMN = LITERAL AND ...";
                            }
                        },
                        Importance.MEDIUM,
                        "Only rows that meet this condition are read: columns of the table compared with literals by =, <>, <, <=, >,"
                                + " >=, IN, BETWEEN and IS NULL, with AND, OR, NOT and parentheses; numbers, 'texts' (no order),"
                                + " TRUE, FALSE, DATE '...' and TIMESTAMP '...' (UTC). For example: state = 'CA' AND delay >= 15",
                        "Table",
                        4,
                        ConfigDef.Width.LONG,
                        "Condition")
                .define(
                        POLL_INTERVAL_MS,
                        Type.LONG,
                        5000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "With run.mode continuous: how long to wait after the table's end before it is looked at again, in milliseconds",
                        "Reading",
                        1,
                        ConfigDef.Width.SHORT,
                        "Poll interval")
                .define(
                        BATCH_SIZE,
                        Type.INT,
                        1000,
                        ConfigDef.Range.between(1, 1_000_000),
                        Importance.LOW,
                        "How many rows are fetched at once and handed on at once",
                        "Reading",
                        2,
                        ConfigDef.Width.SHORT,
                        "Batch size");
        return SourceOptions.define(definition);
    }

    public static JdbcSourceConfig of(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(definition(), properties, false);
        String connector = properties.getOrDefault("name", "jdbc-source");
        String column = config.getString(INCREMENTING_COLUMN);
        if (column.isEmpty() == config.getString(MODE).equals(INCREMENTING)) {
            throw new ConfigException(
                    INCREMENTING_COLUMN,
                    column,
                    column.isEmpty()
                            ? "mode=incrementing needs the name of the column that grows"
                            : "only mode=incrementing has such a column: set the mode, or leave it out");
        }
        return new JdbcSourceConfig(
                connector,
                ConnectionSettings.of(config, connector),
                SourceOptions.of(config, connector),
                config.getString(TABLE),
                TableName.parse(TABLE, config.getString(TABLE)),
                column,
                ConditionParser.parse(WHERE, config.getString(WHERE)),
                config.getLong(POLL_INTERVAL_MS),
                config.getInt(BATCH_SIZE));
    }

    boolean isIncrementing() {
        return !incrementingColumn.isEmpty();
    }
}
