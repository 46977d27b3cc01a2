package io.millrace.connect.s3.parquet;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Hands structs to Parquet's writer, without a detour over another model of records. */
final class StructWriteSupport extends WriteSupport<Struct> {

    private final MessageType message;
    private final StructWriter writer;
    private @Nullable RecordConsumer out;

    /**
     * A support for the structs of one schema.
     *
     * @throws org.apache.kafka.connect.errors.DataException when Parquet has nothing for the schema
     */
    StructWriteSupport(Schema schema) {
        message = ParquetSchema.message(schema);
        writer = new StructWriter("", schema);
    }

    /**
     * Goes through a struct as {@link #write} does.
     *
     * @throws org.apache.kafka.connect.errors.DataException when it cannot be written
     */
    void check(Struct struct) {
        writer.write(Discarded.INSTANCE, struct);
    }

    @Deprecated
    @Override
    public WriteContext init(org.apache.hadoop.conf.Configuration configuration) {
        throw new UnsupportedOperationException("there is no Hadoop here");
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(message, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(Struct struct) {
        RecordConsumer consumer = out;
        if (consumer == null) {
            throw new IllegalStateException("the writer has not begun");
        }
        consumer.startMessage();
        writer.write(consumer, struct);
        consumer.endMessage();
    }
}
