package io.millrace.connect.s3;

import io.millrace.connect.s3.parquet.ParquetCompression;
import io.millrace.connect.s3.store.S3Options;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the sink is told.
 *
 * @param s3 where the bucket is
 * @param prefix what the objects' keys begin with
 * @param flushRecords how many records an object has at most
 * @param flushBytes about how many bytes an object has at most
 * @param rotateIntervalMs how long after its first record a file is closed
 * @param rotateIdleMs how long after its last record a file is closed; -1 for never
 * @param compression how pages are packed
 */
record S3SinkOptions(
        S3Options s3,
        String prefix,
        long flushRecords,
        long flushBytes,
        long rotateIntervalMs,
        long rotateIdleMs,
        ParquetCompression compression) {

    static final String PREFIX = "prefix";
    static final String FORMAT = "format";
    static final String FLUSH_RECORDS = "flush.records";
    static final String FLUSH_BYTES = "flush.bytes";
    static final String ROTATE_INTERVAL_MS = "rotate.interval.ms";
    static final String ROTATE_IDLE_MS = "rotate.idle.ms";
    static final String COMPRESSION = "parquet.compression";

    private static final String GROUP = "Objects";

    static final ConfigDef CONFIG = define();

    private static ConfigDef define() {
        Choices formats = new Choices("parquet");
        Choices compressions = new Choices("zstd", "snappy", "gzip", "none");
        return S3Options.define(new ConfigDef())
                .define(
                        PREFIX,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "What the keys of the objects begin with, for example clean/; behind it stand the topic, the partition and the first offset",
                        GROUP,
                        1,
                        Width.MEDIUM,
                        "Prefix")
                .define(
                        FORMAT,
                        Type.STRING,
                        "parquet",
                        formats,
                        Importance.MEDIUM,
                        "How objects are written",
                        GROUP,
                        2,
                        Width.SHORT,
                        "Format",
                        formats)
                .define(
                        FLUSH_RECORDS,
                        Type.LONG,
                        100_000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "How many records an object has at most",
                        GROUP,
                        3,
                        Width.SHORT,
                        "Records an object")
                .define(
                        FLUSH_BYTES,
                        Type.LONG,
                        256L * 1024 * 1024,
                        ConfigDef.Range.between(1, 4L * 1024 * 1024 * 1024),
                        Importance.LOW,
                        "About how many bytes an object has at most",
                        GROUP,
                        4,
                        Width.SHORT,
                        "Bytes an object")
                .define(
                        ROTATE_INTERVAL_MS,
                        Type.LONG,
                        600_000L,
                        ConfigDef.Range.atLeast(1),
                        Importance.MEDIUM,
                        "How long after its first record, by the clock, an object is completed at the latest",
                        GROUP,
                        5,
                        Width.SHORT,
                        "Rotation interval")
                .define(
                        ROTATE_IDLE_MS,
                        Type.LONG,
                        -1L,
                        ConfigDef.Range.atLeast(-1),
                        Importance.MEDIUM,
                        "How long without a new record until an object is completed; -1 for never",
                        GROUP,
                        6,
                        Width.SHORT,
                        "Idle rotation")
                .define(
                        COMPRESSION,
                        Type.STRING,
                        "zstd",
                        compressions,
                        Importance.LOW,
                        "How Parquet's pages are packed",
                        GROUP,
                        7,
                        Width.SHORT,
                        "Compression",
                        compressions);
    }

    /**
     * The options in a configuration.
     *
     * @throws ConfigException when it cannot be; the message names the key
     */
    static S3SinkOptions of(Map<String, String> properties) {
        AbstractConfig config = new AbstractConfig(CONFIG, properties, false);
        return new S3SinkOptions(
                S3Options.of(config),
                config.getString(PREFIX),
                config.getLong(FLUSH_RECORDS),
                config.getLong(FLUSH_BYTES),
                config.getLong(ROTATE_INTERVAL_MS),
                config.getLong(ROTATE_IDLE_MS),
                ParquetCompression.valueOf(config.getString(COMPRESSION).toUpperCase(Locale.ROOT)));
    }
}
