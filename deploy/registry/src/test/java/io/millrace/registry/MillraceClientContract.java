package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryClients;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** What Millrace's own client must find at any registry. */
final class MillraceClientContract {

    private static final Schema V1 =
            SchemaBuilder.record("c.Row").fields().requiredInt("n").endRecord();
    private static final Schema V2 = SchemaBuilder.record("c.Row")
            .fields()
            .requiredInt("n")
            .optionalString("s")
            .endRecord();
    private static final Schema OTHER =
            SchemaBuilder.record("c.Row").fields().requiredBytes("n").endRecord();

    private MillraceClientContract() {}

    /** The registry must be set to compatibility BACKWARD. */
    static void verify(String url) {
        Map<String, Object> config = Map.of("schema.registry.url", url, "max.retries", 0);
        try (SchemaRegistryClient client = SchemaRegistryClients.from(config);
                SchemaRegistryClient second = SchemaRegistryClients.from(config)) {
            assertThat(client.latest("rows-value")).isEmpty();
            assertThat(client.isCompatible("rows-value", OTHER)).isTrue();
            int id = client.register("rows-value", V1);
            assertThat(second.register("rows-value", V1)).isEqualTo(id);
            assertThat(second.idOf("rows-value", V1)).isEqualTo(id);
            assertThat(second.schemaOf(id)).isEqualTo(V1);
            assertThat(client.isCompatible("rows-value", V2)).isTrue();
            assertThat(client.isCompatible("rows-value", OTHER)).isFalse();
            int next = client.register("rows-value", V2);
            assertThat(second.latest("rows-value")).hasValueSatisfying(latest -> {
                assertThat(latest.id()).isEqualTo(next);
                assertThat(latest.version()).isEqualTo(2);
                assertThat(latest.schema()).isEqualTo(V2);
            });
            RegistryException refused =
                    catchThrowableOfType(RegistryException.class, () -> client.register("rows-value", OTHER));
            assertThat(refused.errorCode()).isEqualTo(409);
            assertThat(refused.isTransient()).isFalse();
            assertThat(catchThrowableOfType(RegistryException.class, () -> client.idOf("rows-value", OTHER))
                            .errorCode())
                    .isEqualTo(40403);
            assertThat(catchThrowableOfType(RegistryException.class, () -> client.schemaOf(12345))
                            .errorCode())
                    .isEqualTo(40403);
        }
    }
}
