package io.millrace.connect.s3.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** A Parquet file of the structs of one schema, on its way to a local path. It is whole once it is closed. */
public final class ParquetFile implements Closeable {

    /** What is held in memory before it goes to the file: small enough for many partitions at once. */
    private static final long ROW_GROUP_BYTES = 32L * 1024 * 1024;

    private final StructWriteSupport support;
    private final ParquetWriter<Struct> writer;

    /**
     * Begins a file, in place of what may be at its path.
     *
     * @throws IOException when it cannot be written
     * @throws org.apache.kafka.connect.errors.DataException when Parquet has nothing for the schema
     */
    public ParquetFile(Path path, Schema schema, ParquetCompression compression) throws IOException {
        support = new StructWriteSupport(schema);
        writer = new Builder(new LocalOutputFile(path), support)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(compression.factory())
                .withCompressionCodec(compression.codec())
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .build();
    }

    /**
     * Writes one struct.
     *
     * @throws org.apache.kafka.connect.errors.DataException when it is not as its schema says; the file stays as it was
     */
    public void write(Struct struct) throws IOException {
        // A writer that has met a record which it cannot write takes no other.
        support.check(struct);
        writer.write(struct);
    }

    /** The bytes so far, in the file and in memory, roughly. */
    public long size() {
        return writer.getDataSize();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<Struct, Builder> {

        private final StructWriteSupport support;

        Builder(OutputFile file, StructWriteSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Deprecated
        @Override
        protected WriteSupport<Struct> getWriteSupport(org.apache.hadoop.conf.Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<Struct> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
