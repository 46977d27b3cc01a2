package io.millrace.schemas.serde;

import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Writes Avro data in the wire format, its schema registered as the configuration says. Thread-safe. */
public final class AvroWriter {

    private static final GenericData PLAIN = new GenericData();

    private final boolean isKey;
    private final SubjectNameStrategy subjects;
    private final WriterSchemas schemas;

    /**
     * A writer of keys or of values.
     *
     * @param client stays open when the writer is done
     */
    public AvroWriter(SchemaRegistryClient client, AvroSerdeConfig config, boolean isKey) {
        this.isKey = isKey;
        this.subjects = config.subjects(isKey);
        this.schemas = new WriterSchemas(client, config);
    }

    /**
     * The subject that data of this schema is registered under.
     *
     * @throws SerializationException when the strategy has none for such a schema
     */
    public String subject(String topic, Schema schema) {
        return subjects.subject(topic, isKey, schema);
    }

    /**
     * The schema that data of {@code schema} is written with under the subject of {@code topic}: {@code schema} itself, or the
     * newest version.
     *
     * @throws RegistryException when the registry cannot be reached or refuses the schema
     * @throws SerializationException when there is no subject for such a schema, or its newest version cannot take such data
     */
    public RegisteredSchema registered(String topic, Schema schema) {
        return schemas.find(subject(topic, schema), schema);
    }

    /**
     * The header and the Avro binary of {@code datum}.
     *
     * @param schema the schema that {@code datum} was made by
     * @param model how the data is represented
     * @throws RegistryException when the registry cannot be reached or refuses the schema
     * @throws SerializationException when {@code datum} does not fit {@code schema}, or that not the version to write with
     */
    public byte[] write(String topic, Schema schema, Object datum, GenericData model) {
        RegisteredSchema target = registered(topic, schema);
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.writeBytes(WireFormat.header(target.id()));
        if (target.schema().equals(schema)) {
            AvroBinary.write(out, schema, datum, writer(schema, model));
        } else {
            AvroBinary.write(
                    out,
                    target.schema(),
                    resolved(schema, target.schema(), datum, model),
                    writer(target.schema(), PLAIN));
        }
        return out.toByteArray();
    }

    /** The data as a reader with another schema sees it: fields found by name, missing ones by their defaults. */
    private static @Nullable Object resolved(Schema from, Schema to, Object datum, GenericData model) {
        ByteArrayOutputStream own = new ByteArrayOutputStream(256);
        AvroBinary.write(own, from, datum, writer(from, model));
        return AvroBinary.read(own.toByteArray(), 0, from, new GenericDatumReader<>(from, to, PLAIN));
    }

    @SuppressWarnings("unchecked")
    private static DatumWriter<Object> writer(Schema schema, GenericData model) {
        return model.createDatumWriter(schema);
    }
}
