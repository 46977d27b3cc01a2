package io.millrace.connect.avro;

import io.apicurio.registry.serde.avro.NonRecordContainer;
import io.apicurio.registry.utils.converter.avro.AvroData;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.serde.AvroWriter;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes any Connect value by way of the Avro record that {@link AvroData} makes of it. */
record AvroDataWriter(AvroData mapping, AvroWriter writer) {

    private static final GenericData MODEL = new GenericData();

    /**
     * The message of {@code value}.
     *
     * @throws RegistryException when the registry cannot be reached or refuses the schema
     * @throws DataException when {@code value} does not fit {@code schema}; or another {@link RuntimeException}
     */
    byte[] write(String topic, @Nullable Schema schema, Object value) {
        org.apache.avro.Schema avroSchema = mapping.fromConnectSchema(schema);
        Object mapped = mapping.fromConnectData(schema, value);
        Object datum = mapped instanceof NonRecordContainer<?> container ? container.getValue() : mapped;
        return writer.write(topic, avroSchema, datum, MODEL);
    }

    /** The subject that {@code schema} is registered under. */
    String subject(String topic, @Nullable Schema schema) {
        return writer.subject(topic, mapping.fromConnectSchema(schema));
    }
}
