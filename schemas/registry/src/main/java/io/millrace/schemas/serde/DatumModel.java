package io.millrace.schemas.serde;

import java.nio.ByteBuffer;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/** How data is represented in Java, and by which schema. */
final class DatumModel {

    private DatumModel() {}

    /** The model of generic data: longs, bytes and strings for logical types, or Java's own types for them. */
    static GenericData generic(boolean withLogicalTypes) {
        GenericData model = new GenericData();
        if (withLogicalTypes) {
            for (Conversion<?> conversion : SpecificData.get().getConversions()) {
                model.addLogicalTypeConversion(conversion);
            }
            model.addLogicalTypeConversion(new Conversions.DecimalConversion());
        }
        return model;
    }

    /** The model that {@code datum} was made by; a generated class brings its own. */
    static GenericData of(Object datum, GenericData generic) {
        return datum instanceof SpecificRecord ? SpecificData.getForClass(datum.getClass()) : generic;
    }

    /**
     * The schema of {@code datum}: its own, or the primitive that its class stands for.
     *
     * @throws SerializationException when there is none
     */
    static Schema schemaOf(Object datum) {
        if (datum instanceof GenericContainer container) {
            return container.getSchema();
        }
        return Schema.create(primitive(datum));
    }

    private static Schema.Type primitive(Object datum) {
        if (datum instanceof CharSequence) {
            return Schema.Type.STRING;
        } else if (datum instanceof Integer) {
            return Schema.Type.INT;
        } else if (datum instanceof Long) {
            return Schema.Type.LONG;
        } else if (datum instanceof Float) {
            return Schema.Type.FLOAT;
        } else if (datum instanceof Double) {
            return Schema.Type.DOUBLE;
        } else if (datum instanceof Boolean) {
            return Schema.Type.BOOLEAN;
        } else if (datum instanceof byte[] || datum instanceof ByteBuffer) {
            return Schema.Type.BYTES;
        }
        throw new SerializationException(
                "A " + datum.getClass().getName()
                        + " has no Avro schema; write a GenericRecord, a generated class, a string, a number, a boolean or bytes");
    }
}
