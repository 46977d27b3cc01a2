package io.millrace.connect.avro;

import io.millrace.schemas.serde.AvroWriter;
import io.millrace.schemas.serde.RegisteredSchema;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Connect schema are written.
 *
 * @param avroSchema what the Connect schema is in Avro
 * @param encoder null for what only {@link AvroDataWriter} can write
 * @param targets by topic, what is written with
 */
record Encoding(Schema avroSchema, @Nullable ValueEncoder encoder, Map<String, Target> targets) {

    private static final int MAX_TOPICS = 1000;

    /**
     * What data is written with.
     *
     * @param isOwn whether that is the data's own schema, so that what the encoder wrote can stay
     */
    record Target(RegisteredSchema registered, boolean isOwn) {}

    Encoding(Schema avroSchema, @Nullable ValueEncoder encoder) {
        this(avroSchema, encoder, new ConcurrentHashMap<>());
    }

    Target target(String topic, AvroWriter writer) {
        Target known = targets.get(topic);
        if (known != null && known.registered().isFresh()) {
            return known;
        }
        RegisteredSchema registered = writer.registered(topic, avroSchema);
        Target target = new Target(registered, registered.schema().equals(avroSchema));
        if (targets.size() >= MAX_TOPICS) {
            targets.clear();
        }
        targets.put(topic, target);
        return target;
    }
}
