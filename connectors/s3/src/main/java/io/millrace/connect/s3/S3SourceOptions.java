package io.millrace.connect.s3;

import io.millrace.connect.common.RowShape;
import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.s3.read.ObjectFormat;
import io.millrace.connect.s3.read.ReadOptions;
import io.millrace.connect.s3.store.S3Options;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What the source is told.
 *
 * @param source what every source is told
 * @param s3 where the bucket is
 * @param read how objects are read
 * @param prefix what the keys begin with
 * @param format how objects are written; null when their names tell
 * @param pollIntervalMs how often a continuous source looks for new objects
 * @param batchSize how many records a poll returns at most
 * @param task the number of this task, from 0
 * @param tasks how many tasks share the objects
 */
record S3SourceOptions(
        SourceOptions source,
        S3Options s3,
        ReadOptions read,
        String prefix,
        @Nullable ObjectFormat format,
        long pollIntervalMs,
        int batchSize,
        int task,
        int tasks) {

    static final String PREFIX = "prefix";
    static final String FORMAT = "format";
    static final String POLL_INTERVAL_MS = "poll.interval.ms";
    static final String BATCH_SIZE = "batch.size";
    static final String LINE_MAX_BYTES = "line.max.bytes";
    static final String CSV_SEPARATOR = "csv.separator";
    static final String CSV_HEADER = "csv.header";

    /** Set by the connector for its tasks. */
    static final String TASK = "task.number";

    /** Set by the connector for its tasks. */
    static final String TASKS = "task.count";

    private static final String AUTO = "auto";
    private static final String GROUP = "Objects";

    static final ConfigDef CONFIG = define();

    private static ConfigDef define() {
        ConfigDef definition = S3Options.define(new ConfigDef());
        Choices formats = new Choices("json", "csv", AUTO);
        definition
                .define(
                        PREFIX,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "What the keys of the objects to read begin with; empty for all objects of the bucket",
                        GROUP,
                        1,
                        Width.MEDIUM,
                        "Prefix")
                .define(
                        FORMAT,
                        Type.STRING,
                        AUTO,
                        formats,
                        Importance.HIGH,
                        "How objects are written: json (one JSON object a line), csv, or auto, which tells by the name: .json, .jsonl, .ndjson or .csv, with or without .gz. Objects packed with gzip are unpacked whatever their name",
                        GROUP,
                        2,
                        Width.SHORT,
                        "Format",
                        formats)
                .define(
                        CSV_SEPARATOR,
                        Type.STRING,
                        ",",
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> separator(String.valueOf(value)),
                                () -> "one ASCII character, or \\t for a tab"),
                        Importance.LOW,
                        "What stands between the fields of CSV; \\t is a tab",
                        GROUP,
                        3,
                        Width.SHORT,
                        "CSV separator")
                .define(
                        CSV_HEADER,
                        Type.BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether CSV begins with a line of column names; without one, the fields are in the order of columns",
                        GROUP,
                        4,
                        Width.SHORT,
                        "CSV header")
                .define(
                        LINE_MAX_BYTES,
                        Type.INT,
                        16 * 1024 * 1024,
                        ConfigDef.Range.between(1, 1024 * 1024 * 1024),
                        Importance.LOW,
                        "How many bytes a line may have; a longer one is a bad record",
                        GROUP,
                        5,
                        Width.SHORT,
                        "Longest line")
                .define(
                        POLL_INTERVAL_MS,
                        Type.LONG,
                        10_000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "How often a continuous source looks for new objects",
                        GROUP,
                        6,
                        Width.SHORT,
                        "Poll interval")
                .define(
                        BATCH_SIZE,
                        Type.INT,
                        2_000,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "How many records are handed to the worker at once, at most",
                        GROUP,
                        7,
                        Width.SHORT,
                        "Batch size")
                .defineInternal(TASK, Type.INT, 0, Importance.LOW)
                .defineInternal(TASKS, Type.INT, 1, Importance.LOW);
        return SourceOptions.define(definition);
    }

    /**
     * The options in a configuration.
     *
     * @throws ConfigException when it cannot be; the message names the key
     */
    static S3SourceOptions of(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(CONFIG, properties, false);
        SourceOptions source = SourceOptions.of(config, properties.getOrDefault("name", "s3-source"));
        RowShape shape = source.shape();
        if (shape == null) {
            throw new ConfigException(
                    SourceOptions.COLUMNS,
                    "",
                    "is empty, but objects do not say what their columns are: "
                            + "list them, for example: id BIGINT NOT NULL, name STRING");
        }
        String format = config.getString(FORMAT);
        return new S3SourceOptions(
                source,
                S3Options.of(config),
                new ReadOptions(
                        shape,
                        separator(config.getString(CSV_SEPARATOR)),
                        config.getBoolean(CSV_HEADER),
                        config.getInt(LINE_MAX_BYTES)),
                config.getString(PREFIX),
                format.equals(AUTO) ? null : ObjectFormat.valueOf(format.toUpperCase(Locale.ROOT)),
                config.getLong(POLL_INTERVAL_MS),
                config.getInt(BATCH_SIZE),
                config.getInt(TASK),
                config.getInt(TASKS));
    }

    private static char separator(String text) {
        char separator = text.equals("\\t") ? '\t' : text.length() == 1 ? text.charAt(0) : '"';
        if (separator == '"' || separator == '\n' || separator == '\r' || separator > 127) {
            throw new ConfigException(
                    CSV_SEPARATOR, text, "expected one ASCII character other than a quote or a line end");
        }
        return separator;
    }
}
