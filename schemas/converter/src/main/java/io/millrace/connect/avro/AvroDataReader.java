package io.millrace.connect.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.serde.AvroReader;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;

/** Reads any message by way of Avro records, of which {@link AvroData} makes Connect values. */
record AvroDataReader(AvroData mapping, AvroReader reader) {

    /**
     * The value of {@code message} with its schema.
     *
     * @throws RegistryException when the registry cannot be reached or does not know the schema
     * @throws DataException when Connect has no value for it; or another {@link RuntimeException}
     */
    SchemaAndValue read(byte[] message) {
        AvroReader.Read read = reader.read(message);
        SchemaAndValue mapped = mapping.toConnectData(read.schema(), read.datum());
        return mapped == null ? SchemaAndValue.NULL : mapped;
    }
}
