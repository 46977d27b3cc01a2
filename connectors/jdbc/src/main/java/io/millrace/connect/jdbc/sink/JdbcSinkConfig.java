package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.JdbcSinkConnector;
import io.millrace.connect.jdbc.database.ConnectionSettings;
import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link JdbcSinkConnector} is told.
 *
 * @param connector the connector's name
 * @param connection the database
 * @param tables which table a topic's records go to
 * @param mode what a record does
 * @param keyMode where the primary key's fields are
 * @param keyFields the primary key's fields; empty when they are all fields of the record's key
 * @param deletes whether a record without a value takes its row away
 * @param columns which fields become columns
 * @param nesting what becomes of structs, arrays and maps
 * @param evolution how tables may change
 * @param batchSize rows that are sent to the database at once
 * @param bufferBytes how much may wait to be written, in bytes
 * @param offsets the table of the offsets; null when they are not kept with the rows
 * @param run the run's id; empty when nobody gave one
 */
public record JdbcSinkConfig(
        String connector,
        ConnectionSettings connection,
        TableRouting tables,
        SinkMode mode,
        KeyMode keyMode,
        List<String> keyFields,
        boolean deletes,
        ColumnNaming columns,
        Nesting nesting,
        Evolution evolution,
        int batchSize,
        long bufferBytes,
        @Nullable TableName offsets,
        String run) {

    public static final String MODE = "mode";
    public static final String KEY_MODE = "pk.mode";
    public static final String KEY_FIELDS = "pk.fields";
    public static final String DELETE = "delete.enabled";
    public static final String NESTED = "nested";
    public static final String BATCH_SIZE = "batch.size";
    public static final String BUFFER_BYTES = "buffer.bytes";
    public static final String OFFSETS_TABLE = "offsets.table";
    public static final String RUN_ID = "run.id";

    private static final List<String> COORDINATES = List.of("_topic", "_partition", "_offset");

    public static ConfigDef definition() {
        ConfigDef definition = ConnectionSettings.define(new ConfigDef());
        TableRouting.define(definition);
        ColumnNaming.define(definition);
        Evolution.define(definition);
        return definition
                .define(
                        MODE,
                        Type.STRING,
                        "insert",
                        ConfigDef.ValidString.in("insert", "upsert", "update"),
                        Importance.HIGH,
                        "insert adds a row per record; upsert replaces the row with the same primary key, or adds it; update replaces it only",
                        "Table",
                        2,
                        ConfigDef.Width.SHORT,
                        "Mode")
                .define(
                        KEY_MODE,
                        Type.STRING,
                        "",
                        ConfigDef.ValidString.in("", "record_key", "record_value", "record_header", "kafka", "none"),
                        Importance.MEDIUM,
                        "Where the primary key's fields are: record_key (when empty, with mode upsert or update), record_value, record_header, kafka (the record's topic, partition and offset), or none (when empty, with mode insert)",
                        "Table",
                        3,
                        ConfigDef.Width.SHORT,
                        "Primary key mode")
                .define(
                        KEY_FIELDS,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The primary key's fields; when empty, with pk.mode record_key, all fields of the record's key. A key that is no struct takes the one name given. With pk.mode record_header the headers' names; with kafka the three columns' names, when empty _topic, _partition and _offset",
                        "Table",
                        4,
                        ConfigDef.Width.MEDIUM,
                        "Primary key fields")
                .define(
                        DELETE,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "With mode upsert or update and pk.mode record_key or record_header: whether a record without a value deletes its row; if not, it does nothing",
                        "Table",
                        5,
                        ConfigDef.Width.SHORT,
                        "Deletes")
                .define(
                        NESTED,
                        Type.STRING,
                        "json",
                        ConfigDef.ValidString.in("json", "flatten", "child"),
                        Importance.MEDIUM,
                        "What becomes of structs, arrays and maps: json makes a column of JSON of each; flatten makes a column per field of a struct, with an underscore between their names, and JSON of the others; child does so, too, but makes each array a table of its own, with the row's primary key and the item's number",
                        "Columns",
                        5,
                        ConfigDef.Width.SHORT,
                        "Nested values")
                .define(
                        BATCH_SIZE,
                        Type.INT,
                        3000,
                        ConfigDef.Range.between(1, 1_000_000),
                        Importance.LOW,
                        "How many rows are sent to the database at once. What Connect hands over while others are written becomes one transaction, up to as many rows; what it hands over at once is never parted",
                        "Writing",
                        1,
                        ConfigDef.Width.SHORT,
                        "Batch size")
                .define(
                        BUFFER_BYTES,
                        Type.LONG,
                        64L << 20,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "How much may wait to be written, by estimate, in bytes; no more is taken from the topics until the database has caught up",
                        "Writing",
                        4,
                        ConfigDef.Width.SHORT,
                        "Buffer")
                .define(
                        OFFSETS_TABLE,
                        Type.STRING,
                        "millrace_offsets",
                        TableName.VALIDATOR,
                        Importance.LOW,
                        "The table that says up to where each partition is written, in the same transaction as the rows, so that none is written twice. It is made when it is not there. When empty, a crash can repeat the records since the last commit of their offsets",
                        "Writing",
                        2,
                        ConfigDef.Width.MEDIUM,
                        "Offsets table")
                .define(
                        RUN_ID,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Names the run that the topics belong to. A topic that is read from its first record again, in another run, counts as made anew and is written again",
                        "Writing",
                        3,
                        ConfigDef.Width.MEDIUM,
                        "Run id");
    }

    /**
     * The configuration in {@code properties}.
     *
     * @throws ConfigException naming the key to change
     */
    public static JdbcSinkConfig of(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(definition(), properties, false);
        String connector = properties.getOrDefault("name", "jdbc-sink");
        SinkMode mode = SinkMode.of(config.getString(MODE));
        KeyMode keyMode = keyMode(config.getString(KEY_MODE), mode);
        List<String> keyFields = config.getList(KEY_FIELDS);
        checkKey(mode, keyMode, keyFields);
        return new JdbcSinkConfig(
                connector,
                ConnectionSettings.of(config, connector),
                TableRouting.of(config),
                mode,
                keyMode,
                keyMode == KeyMode.KAFKA && keyFields.isEmpty() ? COORDINATES : List.copyOf(keyFields),
                config.getBoolean(DELETE) && mode.isKeyed() && keyMode.isBesideTheValue(),
                ColumnNaming.of(config),
                nesting(config, keyMode),
                Evolution.of(config),
                config.getInt(BATCH_SIZE),
                config.getLong(BUFFER_BYTES),
                table(OFFSETS_TABLE, config.getString(OFFSETS_TABLE)),
                config.getString(RUN_ID));
    }

    private static void checkKey(SinkMode mode, KeyMode keyMode, List<String> keyFields) {
        if (keyMode == KeyMode.NONE && mode.isKeyed()) {
            throw new ConfigException(
                    KEY_MODE,
                    "none",
                    "mode=" + mode.name().toLowerCase(Locale.ROOT)
                            + " replaces rows by their primary key: record_key, record_value, record_header or kafka");
        }
        if ((keyMode == KeyMode.RECORD_VALUE || keyMode == KeyMode.RECORD_HEADER) && keyFields.isEmpty()) {
            throw new ConfigException(
                    KEY_FIELDS,
                    "",
                    "pk.mode=" + keyMode.name().toLowerCase(Locale.ROOT)
                            + " needs the names of the fields that make the primary key");
        }
        if (keyMode == KeyMode.KAFKA && !keyFields.isEmpty() && keyFields.size() != COORDINATES.size()) {
            throw new ConfigException(
                    KEY_FIELDS, String.join(",", keyFields), "pk.mode=kafka has a topic, a partition and an offset");
        }
        if (keyMode == KeyMode.NONE && !keyFields.isEmpty()) {
            throw new ConfigException(
                    KEY_FIELDS, String.join(",", keyFields), "there is no primary key with pk.mode=none: set pk.mode");
        }
    }

    private static Nesting nesting(AbstractConfig config, KeyMode keyMode) {
        Nesting nesting = Nesting.of(config.getString(NESTED));
        if (nesting == Nesting.CHILD && SinkMode.of(config.getString(MODE)) == SinkMode.UPDATE) {
            throw new ConfigException(
                    NESTED, "child", "with mode=update there may be no row that the items of an array belong to");
        }
        if (nesting == Nesting.CHILD && keyMode == KeyMode.NONE) {
            throw new ConfigException(
                    NESTED, "child", "the rows of arrays have their record's primary key: set " + KEY_MODE);
        }
        return nesting;
    }

    private static KeyMode keyMode(String text, SinkMode mode) {
        if (text.isEmpty()) {
            return mode.isKeyed() ? KeyMode.RECORD_KEY : KeyMode.NONE;
        }
        return KeyMode.of(text);
    }

    private static @Nullable TableName table(String key, String text) {
        return text.isEmpty() ? null : TableName.parse(key, text);
    }

    /** The table that a topic's records go to. */
    TableName tableOf(String topic) {
        return tables.tableOf(topic);
    }
}
