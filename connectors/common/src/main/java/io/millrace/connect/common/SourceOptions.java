package io.millrace.connect.common;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What every source connector can be told.
 *
 * @param topic the topic of the rows
 * @param shape the rows' columns and schemas; null when the connector finds them out
 * @param keyColumns the columns of a row's key; empty when rows have none
 * @param runsOnce whether the source ends when it has read all there is
 * @param runId names the run in the end marker; empty when nobody asked
 * @param endTopic where the end of the input is told; null when nobody is told
 * @param deadLetters where records go that cannot be read; null when nowhere
 * @param failsOnBadRecord whether a record that cannot be read stops the task instead
 */
public record SourceOptions(
        String topic,
        @Nullable RowShape shape,
        List<String> keyColumns,
        boolean runsOnce,
        String runId,
        @Nullable String endTopic,
        @Nullable DeadLetters deadLetters,
        boolean failsOnBadRecord) {

    public static final String TOPIC = "topic";
    public static final String COLUMNS = "columns";
    public static final String KEY_COLUMNS = "key.columns";
    public static final String RUN_MODE = "run.mode";
    public static final String RUN_ID = "run.id";
    public static final String END_TOPIC = "end.topic";
    public static final String BAD_RECORD = "errors.bad.record";
    public static final String DEAD_LETTER_TOPIC = "dead.letter.topic";
    public static final String DEAD_LETTER_PIPELINE = "dead.letter.pipeline";
    public static final String DEAD_LETTER_RELATION = "dead.letter.relation";

    private static final String ONCE = "once";
    private static final String FAIL = "fail";

    public SourceOptions {
        keyColumns = List.copyOf(keyColumns);
    }

    /** Adds these options to a connector's own. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        TOPIC,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "The topic that rows are written to",
                        "Rows",
                        1,
                        ConfigDef.Width.MEDIUM,
                        "Topic")
                .define(
                        COLUMNS,
                        Type.STRING,
                        "",
                        new ConfigDef.Validator() {
                            @Override
                            public void ensureValid(String name, Object value) {
                                Columns.parse(name, String.valueOf(value));
                            }

                            @Override
                            public String toString() {
                                return "NAME TYPE [NOT NULL], ...";
                            }
                        },
                        Importance.HIGH,
                        "The columns of a row and their SQL types, for example: id BIGINT NOT NULL, name STRING",
                        "Rows",
                        2,
                        ConfigDef.Width.LONG,
                        "Columns")
                .define(
                        KEY_COLUMNS,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The columns that make a record's key, as a struct; without any, records have no key",
                        "Rows",
                        3,
                        ConfigDef.Width.MEDIUM,
                        "Key columns")
                .define(
                        RUN_MODE,
                        Type.STRING,
                        "continuous",
                        ConfigDef.ValidString.in("continuous", ONCE),
                        Importance.MEDIUM,
                        "Whether the source goes on looking for new rows, or ends when it has read all there is",
                        "Run",
                        1,
                        ConfigDef.Width.SHORT,
                        "Run mode")
                .define(
                        RUN_ID,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Names the run in the end marker; with a new one, a source of mode once starts again",
                        "Run",
                        2,
                        ConfigDef.Width.MEDIUM,
                        "Run id")
                .define(
                        END_TOPIC,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "With mode once: the topic that gets one record per task when all its rows are acknowledged",
                        "Run",
                        3,
                        ConfigDef.Width.MEDIUM,
                        "End topic")
                .define(
                        BAD_RECORD,
                        Type.STRING,
                        "skip",
                        ConfigDef.ValidString.in("skip", FAIL),
                        Importance.MEDIUM,
                        "What a record that cannot be read does: skip (it goes to the dead letter topic, if there is one) or fail the task",
                        "Errors",
                        1,
                        ConfigDef.Width.SHORT,
                        "Bad records")
                .define(
                        DEAD_LETTER_TOPIC,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The topic for records that cannot be read, with their bytes, place and the reason",
                        "Errors",
                        2,
                        ConfigDef.Width.MEDIUM,
                        "Dead letter topic")
                .define(
                        DEAD_LETTER_PIPELINE,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "What a dead letter says in its field pipeline; the connector's name when empty",
                        "Errors",
                        3,
                        ConfigDef.Width.MEDIUM,
                        "Dead letter pipeline")
                .define(
                        DEAD_LETTER_RELATION,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "What a dead letter says in its field relation; the topic when empty",
                        "Errors",
                        4,
                        ConfigDef.Width.MEDIUM,
                        "Dead letter relation");
    }

    /**
     * The options in {@code config}, whose definition has passed through {@link #define}.
     *
     * @param connector the connector's name
     * @throws ConfigException when they do not fit together; the message names the key
     */
    public static SourceOptions of(AbstractConfig config, String connector) {
        String topic = config.getString(TOPIC);
        List<Column> columns = Columns.parse(COLUMNS, config.getString(COLUMNS));
        List<String> keyColumns = config.getList(KEY_COLUMNS);
        String letters = config.getString(DEAD_LETTER_TOPIC);
        return new SourceOptions(
                topic,
                columns.isEmpty() ? null : RowShape.of(topic, columns, keyColumns),
                keyColumns,
                config.getString(RUN_MODE).equals(ONCE),
                config.getString(RUN_ID),
                emptyToNull(config.getString(END_TOPIC)),
                letters.isEmpty()
                        ? null
                        : new DeadLetters(
                                letters,
                                orElse(config.getString(DEAD_LETTER_PIPELINE), connector),
                                orElse(config.getString(DEAD_LETTER_RELATION), topic)),
                config.getString(BAD_RECORD).equals(FAIL));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
