package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.database.ConnectionSettings;
import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys of a source's configuration, each with its default and what it means. */
public final class SourceDefinition {

    static final String TABLE = "table";
    static final String TABLES_INCLUDE = "tables.include";
    static final String TABLES_EXCLUDE = "tables.exclude";
    static final String QUERY = "query";
    static final String MODE = "mode";
    static final String INCREMENTING_COLUMN = "incrementing.column";
    static final String TIMESTAMP_COLUMN = "timestamp.column";
    static final String START = "start";
    static final String WHERE = "where";
    static final String POLL_INTERVAL_MS = "poll.interval.ms";
    static final String BATCH_SIZE = "batch.size";
    static final String OVERLAP_MS = "overlap.ms";
    static final String SPLIT_ROWS = "split.rows";
    static final String TABLES_INTERVAL_MS = "tables.interval.ms";
    static final String ISOLATION = "transaction.isolation";
    static final String SCHEMA_CHANGE = "schema.change";
    static final String HEADERS = "source.headers";
    static final String DECIMAL_MAPPING = "decimal.mapping";
    static final String CELL_MAX_BYTES = "cell.max.bytes";

    private static final String TABLES = "Table";
    private static final String READING = "Reading";

    private SourceDefinition() {}

    /** The key that says what is read. */
    public static String keyOf(JdbcSourceConfig config) {
        return config.isOneRelation() ? (config.query().isEmpty() ? TABLE : QUERY) : TABLES_INCLUDE;
    }

    /** All keys. */
    public static ConfigDef definition() {
        ConfigDef definition = ConnectionSettings.define(new ConfigDef());
        defineTables(definition);
        defineReading(definition);
        return SourceOptions.define(definition);
    }

    private static void defineTables(ConfigDef definition) {
        definition
                .define(
                        TABLE,
                        Type.STRING,
                        "",
                        TableName.VALIDATOR,
                        Importance.HIGH,
                        "The table or view to read, with its schema or without; without, the user's search path decides",
                        TABLES,
                        1,
                        Width.MEDIUM,
                        "Table")
                .define(
                        TABLES_INCLUDE,
                        Type.LIST,
                        List.of(),
                        TableSelection.VALIDATOR,
                        Importance.HIGH,
                        "Instead of table: regular expressions for the tables to read, each matched with a table's name and with its"
                                + " SCHEMA.NAME. Tables outside of the search path are looked at when an expression names a schema,"
                                + " as in sales\\.orders_.*. table.NAME.KEY sets any key for one table",
                        TABLES,
                        2,
                        Width.LONG,
                        "Tables to read")
                .define(
                        TABLES_EXCLUDE,
                        Type.LIST,
                        List.of(),
                        TableSelection.VALIDATOR,
                        Importance.MEDIUM,
                        "With tables.include: regular expressions for tables that are not read",
                        TABLES,
                        3,
                        Width.LONG,
                        "Tables to leave out")
                .define(
                        QUERY,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Instead of table: a SELECT whose rows are read, by one task",
                        TABLES,
                        4,
                        Width.LONG,
                        "Query")
                .define(
                        MODE,
                        Type.STRING,
                        ReadMode.BULK.toString(),
                        ConfigDef.ValidString.in(ReadMode.texts()),
                        Importance.HIGH,
                        "bulk reads all rows, every time; incrementing reads rows that are new by incrementing.column; timestamp reads"
                                + " rows that are new or changed by timestamp.column; timestamp+incrementing does, and orders those of"
                                + " one time by incrementing.column. Rows whose transactions commit late are read then, each once",
                        TABLES,
                        5,
                        Width.SHORT,
                        "Mode")
                .define(
                        INCREMENTING_COLUMN,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "A column that only ever grows, such as a serial id. Rows without a value are not read",
                        TABLES,
                        6,
                        Width.MEDIUM,
                        "Incrementing column")
                .define(
                        TIMESTAMP_COLUMN,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "A column that has the time of a row's last change. Rows without a value are not read",
                        TABLES,
                        7,
                        Width.MEDIUM,
                        "Timestamp column")
                .define(
                        START,
                        Type.STRING,
                        "earliest",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Where reading begins when there is no stored offset, in all modes but bulk: earliest, latest, or a value of the"
                                + " mode's first column: rows behind it are read",
                        TABLES,
                        8,
                        Width.MEDIUM,
                        "Start")
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
                        TABLES,
                        9,
                        Width.LONG,
                        "Condition");
    }

    private static void defineReading(ConfigDef definition) {
        definition
                .define(
                        POLL_INTERVAL_MS,
                        Type.LONG,
                        5000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "With run.mode continuous: how long to wait after the table's end before it is looked at again, in milliseconds",
                        READING,
                        1,
                        Width.SHORT,
                        "Poll interval")
                .define(
                        BATCH_SIZE,
                        Type.INT,
                        5000,
                        ConfigDef.Range.between(1, 1_000_000),
                        Importance.LOW,
                        "How many rows are fetched at once and handed on at once",
                        READING,
                        2,
                        Width.SHORT,
                        "Batch size")
                .define(
                        OVERLAP_MS,
                        Type.LONG,
                        -1L,
                        ConfigDef.Range.atLeast(-1),
                        Importance.LOW,
                        "How long rows may appear before ones that have been read, in milliseconds. -1 stands for 1000 where the"
                                + " database shows the transactions that run, which are waited for besides (PostgreSQL, SQLite, and"
                                + " MariaDB and MySQL for a user with the right PROCESS), and for 60000 elsewhere",
                        READING,
                        3,
                        Width.SHORT,
                        "Overlap")
                .define(
                        SPLIT_ROWS,
                        Type.LONG,
                        100_000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "With tasks.max above 1: a table with at least so many rows, by the database's estimate, is split among the"
                                + " tasks by ranges of its key when it is first read",
                        READING,
                        4,
                        Width.SHORT,
                        "Rows to split")
                .define(
                        TABLES_INTERVAL_MS,
                        Type.LONG,
                        60_000L,
                        ConfigDef.Range.atLeast(100),
                        Importance.LOW,
                        "With tables.include: how often the database is looked at for new and dropped tables, in milliseconds",
                        READING,
                        5,
                        Width.SHORT,
                        "Tables interval")
                .define(
                        ISOLATION,
                        Type.STRING,
                        "",
                        ConfigDef.ValidString.in(
                                "", "READ_UNCOMMITTED", "READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE"),
                        Importance.LOW,
                        "The isolation of the reads' transactions; the database's own when empty",
                        READING,
                        6,
                        Width.MEDIUM,
                        "Isolation")
                .define(
                        SCHEMA_CHANGE,
                        Type.STRING,
                        ShapeChange.EVOLVE,
                        ConfigDef.ValidString.in(ShapeChange.EVOLVE, ShapeChange.PAUSE, ShapeChange.FAIL),
                        Importance.MEDIUM,
                        "What a change of a table's columns does after which readers of its new rows cannot read the old ones (a new"
                                + " column or an old one NOT NULL, a type that is no wider one): evolve goes on with the new columns,"
                                + " pause waits, fail stops the task. Other changes are always taken up, within five seconds",
                        READING,
                        7,
                        Width.SHORT,
                        "Schema change")
                .define(
                        HEADERS,
                        Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Whether records carry millrace.source.database, .schema, .table, .split and .read.at as headers",
                        READING,
                        8,
                        Width.SHORT,
                        "Headers")
                .define(
                        DECIMAL_MAPPING,
                        Type.STRING,
                        DecimalMapping.PRECISE.toString(),
                        ConfigDef.ValidString.in(DecimalMapping.texts()),
                        Importance.LOW,
                        "Without columns: what decimals become: precise (DECIMAL of the column's precision, or a text when it has none),"
                                + " string, or double (a number that is none exactly is a bad record)",
                        READING,
                        9,
                        Width.SHORT,
                        "Decimals")
                .define(
                        CELL_MAX_BYTES,
                        Type.INT,
                        16 * 1024 * 1024,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "The longest text or bytes of one column, in bytes; a row with a longer one is a bad record",
                        READING,
                        10,
                        Width.SHORT,
                        "Longest cell");
    }
}
