package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

final class StructValuesTest {

    @Test
    void shouldReachTheValuesOfThisConnectsStructs() {
        Struct struct = new Struct(
                SchemaBuilder.struct().field("city", Schema.STRING_SCHEMA).build());
        StructValues.of(struct)[0] = "Ulm";
        assertThat(struct.getString("city")).isEqualTo("Ulm");
    }
}
