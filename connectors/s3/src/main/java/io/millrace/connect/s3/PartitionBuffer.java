package io.millrace.connect.s3;

import io.millrace.connect.s3.parquet.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The rows of one object to be, in a temporary file. */
final class PartitionBuffer implements AutoCloseable {

    /** Parquet adds up the columns each time it is asked. */
    private static final int RECORDS_PER_SIZE = 64;

    private final Schema schema;
    private final long firstOffset;
    private final long firstMs;
    private final Path path;
    private @Nullable ParquetFile file;
    private long records;
    private long lastMs;
    private long size;

    /**
     * Begins a buffer.
     *
     * @param firstOffset the offset of its first record
     * @param nowMs the clock
     * @throws org.apache.kafka.connect.errors.DataException when Parquet has nothing for the schema
     */
    PartitionBuffer(Schema schema, long firstOffset, long nowMs, S3SinkOptions options) throws IOException {
        this.schema = schema;
        this.firstOffset = firstOffset;
        this.firstMs = nowMs;
        this.lastMs = nowMs;
        this.path = Files.createTempFile("millrace-s3-", ".parquet");
        try {
            file = new ParquetFile(path, schema, options.compression());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    void write(Struct row, long nowMs) throws IOException {
        if (file == null) {
            throw new IllegalStateException("the file is finished");
        }
        file.write(row);
        records++;
        lastMs = nowMs;
        if (records % RECORDS_PER_SIZE == 0) {
            size = file.size();
        }
    }

    long firstOffset() {
        return firstOffset;
    }

    long records() {
        return records;
    }

    /** Whether the file is complete and only waits to be stored. */
    boolean isFinished() {
        return file == null;
    }

    /** Whether rows of this schema may follow. */
    boolean takes(Schema other) {
        return other == schema || other.equals(schema);
    }

    /** Whether the file is as large as it may be. */
    boolean isFull(S3SinkOptions options) {
        return records >= options.flushRecords() || size >= options.flushBytes();
    }

    /** When the file is to be closed, whatever its size, unless records come first. */
    long dueMs(S3SinkOptions options) {
        long due = firstMs + options.rotateIntervalMs();
        return options.rotateIdleMs() < 0 ? due : Math.min(due, lastMs + options.rotateIdleMs());
    }

    /** Completes the file, once, and returns its path. */
    Path finish() throws IOException {
        if (file != null) {
            ParquetFile open = file;
            open.close();
            file = null;
        }
        return path;
    }

    /** Throws the file away. */
    @Override
    public void close() throws IOException {
        ParquetFile open = file;
        file = null;
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
