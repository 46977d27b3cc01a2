package io.millrace.engine.plan;

import io.millrace.engine.operator.Emission;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Writes an emission as its value's bytes; nothing reads one back. */
final class EmissionSerde implements Serde<Emission> {

    static final EmissionSerde INSTANCE = new EmissionSerde();

    private EmissionSerde() {}

    @Override
    public Serializer<Emission> serializer() {
        return (topic, emission) -> emission == null ? null : emission.value();
    }

    @Override
    public Deserializer<Emission> deserializer() {
        return (topic, bytes) -> {
            throw new UnsupportedOperationException("An emission is written only");
        };
    }
}
