package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Quarantined;
import io.millrace.event.QuarantinedHeader;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** The serdes with the contracts' generated classes, which Avro on its own would refuse as not trusted. */
final class GeneratedRecordsTest {

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @Test
    void shouldReadIntoGeneratedClassesThatNobodyListedAsTrusted() {
        Quarantined row = quarantined();
        AvroSerde<Quarantined> serde = serde(Map.of("specific.avro.reader", "true"));
        byte[] bytes = serde.serializer().serialize("t", row);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(row);
    }

    @Test
    void shouldReadIntoTheClassThatIsNamed() {
        Schema renamed = new Schema.Parser()
                .parse(Quarantined.getClassSchema().toString().replace("\"Quarantined\"", "\"Other\""));
        GenericRecordBuilder row = new GenericRecordBuilder(renamed)
                .set("pipeline", "p")
                .set("relation", "r")
                .set("stage", "rule")
                .set("reason", "why")
                .set("quarantined_at", 5L);
        byte[] bytes = this.<GenericRecord>serde(Map.of()).serializer().serialize("t", row.build());
        AvroSerde<Quarantined> serde =
                serde(Map.of("specific.avro.reader", true, "specific.avro.value.type", Quarantined.class));
        assertThat(serde.deserializer().deserialize("t", bytes).getReason()).isEqualTo("why");
    }

    private static Quarantined quarantined() {
        return Quarantined.newBuilder()
                .setPipeline("p")
                .setRelation("r")
                .setStage("rule")
                .setReason("too old")
                .setTimestamp(Instant.ofEpochMilli(1))
                .setKey(ByteBuffer.wrap(new byte[] {1}))
                .setHeaders(List.of(new QuarantinedHeader("h", ByteBuffer.wrap(new byte[] {2}))))
                .setQuarantinedAt(Instant.ofEpochMilli(2))
                .build();
    }

    private <T> AvroSerde<T> serde(Map<String, ?> config) {
        Map<String, Object> all = new HashMap<>(config);
        all.put("schema.registry.url", "mock://unused");
        AvroSerde<T> serde = new AvroSerde<>(registry);
        serde.configure(all, false);
        return serde;
    }
}
