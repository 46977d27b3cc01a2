package io.millrace.connect.s3.parquet;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes the fields of one schema's structs. */
final class StructWriter {

    private final String path;
    private final List<Field> fields;
    private final List<ValueWriter> writers;

    StructWriter(String path, Schema schema) {
        this.path = path;
        this.fields = schema.fields();
        this.writers = fields.stream()
                .map(field -> ValueWriter.of(ParquetSchema.join(path, field.name()), field.schema()))
                .toList();
    }

    void write(RecordConsumer out, Struct struct) {
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            // A default stands in for what a struct was never given; a null that was put on purpose stays null.
            Object value = field.schema().isOptional() ? struct.getWithoutDefault(field.name()) : struct.get(field);
            ValueWriter.field(out, path, field.name(), i, field.schema(), writers.get(i), value);
        }
    }
}
