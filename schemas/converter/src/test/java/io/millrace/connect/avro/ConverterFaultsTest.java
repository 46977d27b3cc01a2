package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.schemas.serde.WireFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Data, schemas, registries and configurations that do not fit. */
final class ConverterFaultsTest {

    private static final Schema ADDRESS = SchemaBuilder.struct()
            .name("a.Address")
            .field("city", Schema.STRING_SCHEMA)
            .build();

    private String scope = "";

    @BeforeEach
    void ownRegistry(TestInfo test) {
        scope = getClass().getName() + "." + test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void shouldSayWhichTopicHasBytesInAnotherFormat() {
        AvroConverter converter = converter(Map.of(), true);
        assertThatThrownBy(() -> converter.toConnectData("orders", new byte[] {'{', '}', ' ', ' ', ' ', ' '}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Key of topic 'orders'")
                .hasMessageContaining("wire format");
        assertThatThrownBy(() -> converter.toConnectData("orders", new byte[] {0, 0, 0, 0, 99, 1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Key of topic 'orders'")
                .hasMessageContaining("99");
    }

    @Test
    void shouldRefuseBytesThatDoNotFitTheirSchema() {
        AvroConverter converter = converter(Map.of(), false);
        byte[] bytes = converter.fromConnectData("t", ADDRESS, new Struct(ADDRESS).put("city", "Ulm"));
        for (int length : new int[] {WireFormat.HEADER_BYTES, bytes.length - 1, bytes.length + 1}) {
            assertThatThrownBy(() -> converter.toConnectData("t", Arrays.copyOf(bytes, length)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Value of topic 't'");
        }
    }

    @Test
    void shouldSayWhichSubjectAnIncompatibleSchemaWasFor() {
        AvroConverter converter = converter(Map.of(), false);
        converter.fromConnectData("t", Schema.STRING_SCHEMA, "text");
        assertThatThrownBy(() -> converter.fromConnectData("t", Schema.INT64_SCHEMA, 1L))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic 't'")
                .hasMessageContaining("subject 't-value'")
                .hasMessageContaining("not compatible");
    }

    @Test
    void shouldRefuseNamesThatAvroDoesNotKnow() {
        Schema odd = SchemaBuilder.struct()
                .name("a.b")
                .field("not a name", Schema.STRING_SCHEMA)
                .build();
        assertThatThrownBy(() ->
                        converter(Map.of(), false).fromConnectData("t", odd, new Struct(odd).put("not a name", "x")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic 't'")
                .hasMessageContaining("not a name");
    }

    @Test
    void shouldAskTheWorkerToTryAgainWhenTheRegistryIsAway() {
        AvroConverter converter = new AvroConverter();
        converter.configure(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"), false);
        assertThatThrownBy(() -> converter.fromConnectData("t", Schema.STRING_SCHEMA, "text"))
                .isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> converter.toConnectData("t", new byte[] {0, 0, 0, 0, 1, 2}))
                .isInstanceOf(RetriableException.class);
    }

    @Test
    void shouldAskTheWorkerToTryAgainWhenItMayNotAskTheRegistry() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        try {
            AvroConverter converter = new AvroConverter();
            converter.configure(
                    Map.of(
                            "schema.registry.url",
                            "http://127.0.0.1:" + server.getAddress().getPort()),
                    false);
            assertThatThrownBy(() -> converter.fromConnectData("t", Schema.STRING_SCHEMA, "text"))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("401");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldRefuseKeysThatItCannotFollow() {
        assertThatThrownBy(() -> converter(Map.of("scrub.invalid.names", "true"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("scrub.invalid.names");
    }

    private AvroConverter converter(Map<String, String> config, boolean isKey) {
        Map<String, String> all = new HashMap<>(config);
        all.put("schema.registry.url", "mock://" + scope);
        AvroConverter converter = new AvroConverter();
        converter.configure(all, isKey);
        return converter;
    }
}
