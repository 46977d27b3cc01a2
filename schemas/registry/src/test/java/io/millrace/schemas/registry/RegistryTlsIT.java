package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a JDK server with TLS, its certificate made by keytool for the address 127.0.0.1 only. */
final class RegistryTlsIT {

    private static final String PASSWORD = "changeit";
    private static final Schema SCHEMA = Schema.create(Schema.Type.STRING);

    @TempDir
    private static Path stores;

    private static HttpsServer open;
    private static HttpsServer withClientCertificates;

    @BeforeAll
    static void startServers() throws Exception {
        for (String name : List.of("server", "client")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + name,
                    "-validity",
                    "2",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-keystore",
                    store(name + ".p12"),
                    "-storetype",
                    "PKCS12");
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    name,
                    "-keystore",
                    store(name + ".p12"),
                    "-file",
                    store(name + ".pem"));
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-file",
                    store(name + ".pem"),
                    "-keystore",
                    store(name + "-trust.jks"),
                    "-storetype",
                    "JKS");
        }
        open = server(false);
        withClientCertificates = server(true);
    }

    @AfterAll
    static void stopServers() {
        open.stop(0);
        withClientCertificates.stop(0);
    }

    @Test
    void shouldTrustWhatIsInItsTruststore() {
        assertThat(register(open, jksTruststore())).isEqualTo(7);
    }

    @Test
    void shouldTrustPemFromAFileOrFromTheConfiguration() throws IOException {
        assertThat(register(
                        open,
                        Map.of(
                                "schema.registry.ssl.truststore.type",
                                "PEM",
                                "schema.registry.ssl.truststore.location",
                                store("server.pem"))))
                .isEqualTo(7);
        assertThat(register(
                        open,
                        Map.of(
                                "schema.registry.ssl.truststore.type",
                                "PEM",
                                "schema.registry.ssl.truststore.certificates",
                                Files.readString(stores.resolve("server.pem")))))
                .isEqualTo(7);
    }

    @Test
    void shouldTrustNobodyElse() {
        for (Map<String, String> config : List.of(
                Map.<String, String>of(),
                Map.of(
                        "schema.registry.ssl.truststore.type",
                        "PEM",
                        "schema.registry.ssl.truststore.location",
                        store("client.pem")))) {
            RegistryException refused = catchThrowableOfType(RegistryException.class, () -> register(open, config));
            assertThat(refused.isTransient()).isFalse();
            assertThat(refused.isAccessDenied()).isTrue();
            assertThat(refused).hasMessageContaining("schema.registry.ssl.truststore");
        }
    }

    @Test
    void shouldHoldTheHostNameAgainstTheCertificate() {
        Map<String, String> config = new HashMap<>(jksTruststore());
        config.put(
                "schema.registry.url", "https://localhost:" + open.getAddress().getPort());
        assertThatThrownBy(() -> register(open, config))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("localhost");
        config.put("schema.registry.ssl.endpoint.identification.algorithm", "");
        assertThatThrownBy(() -> register(open, config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.endpoint.identification.algorithm");
    }

    @Test
    void shouldShowItsOwnCertificate() {
        Map<String, String> config = new HashMap<>(jksTruststore());
        RegistryException refused =
                catchThrowableOfType(RegistryException.class, () -> register(withClientCertificates, config));
        assertThat(refused).as("without a certificate of its own").isNotNull();
        config.put("schema.registry.ssl.keystore.location", store("client.p12"));
        config.put("schema.registry.ssl.keystore.type", "PKCS12");
        config.put("schema.registry.ssl.keystore.password", PASSWORD);
        config.put("schema.registry.ssl.key.password", PASSWORD);
        assertThat(register(withClientCertificates, config)).isEqualTo(7);
    }

    @Test
    void shouldSayWhichStoreCannotBeRead() {
        Map<String, String> config = new HashMap<>(jksTruststore());
        config.put("schema.registry.ssl.truststore.location", "/no/such/store.jks");
        assertThatThrownBy(() -> register(open, config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.")
                .hasMessageContaining("/no/such/store.jks");
        config.putAll(jksTruststore());
        config.put("schema.registry.ssl.truststore.password", "wrong");
        assertThatThrownBy(() -> register(open, config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.")
                .hasMessageContaining("password");
    }

    private static Map<String, String> jksTruststore() {
        return Map.of(
                "schema.registry.ssl.truststore.location",
                store("server-trust.jks"),
                "schema.registry.ssl.truststore.password",
                PASSWORD,
                "schema.registry.ssl.truststore.type",
                "JKS");
    }

    private static int register(HttpsServer server, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.putIfAbsent(
                "schema.registry.url",
                "https://127.0.0.1:" + server.getAddress().getPort());
        all.put("max.retries", "0");
        try (SchemaRegistryClient client = SchemaRegistryClients.from(all)) {
            return client.register("t-value", SCHEMA);
        }
    }

    private static HttpsServer server(boolean needClientCertificate) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore("server.p12"), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keyStore("client-trust.jks"));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(needClientCertificate);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", exchange -> {
            byte[] body = "{\"id\": 7}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static KeyStore keyStore(String name) throws Exception {
        return KeyStore.getInstance(stores.resolve(name).toFile(), PASSWORD.toCharArray());
    }

    private static String store(String name) {
        return stores.resolve(name).toString();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0)
                .as(output)
                .isTrue();
    }
}
