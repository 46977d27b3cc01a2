package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.RunningStack;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStackIT {

    private final EmbeddedStackProvider provider = new EmbeddedStackProvider();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void shouldServeEveryPartAndKeepItsDataOverARestart() throws Exception {
        List<String> ready = new ArrayList<>();
        Path data = directory.resolve("stack");
        StackOptions options = new StackOptions(data, true);
        try (LocalStack stack = provider.start(options, ready::add)) {
            assertThat(ready).containsExactlyInAnyOrder("Postgres", "S3", "Kafka", "Schema Registry", "Kafka Connect");
            StackEndpoints endpoints = stack.endpoints();
            assertThat(provider.running(data)).map(RunningStack::endpoints).contains(endpoints);
            assertThatThrownBy(() -> provider.start(options, ready::add))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("runs on " + data + " already (process "
                            + ProcessHandle.current().pid());
            try (Admin admin = admin(endpoints)) {
                admin.createTopics(Set.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
            }
            assertThat(get(endpoints.connect().resolve("/connector-plugins")))
                    .contains("io.millrace.connect.jdbc.JdbcSinkConnector", "io.millrace.connect.s3.S3SourceConnector");
            assertThat(get(endpoints.schemaRegistry().resolve("/subjects"))).isEqualTo("[]");
            execute(endpoints, "CREATE TABLE kept AS SELECT 42 AS answer");
            URI object = endpoints.s3().resolve("/" + endpoints.s3Bucket() + "/kept.txt");
            HttpRequest put = HttpRequest.newBuilder(object)
                    .PUT(HttpRequest.BodyPublishers.ofString("kept"))
                    .build();
            assertThat(http.send(put, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
        assertThat(provider.running(data)).isEmpty();
        try (LocalStack stack = provider.start(options, ready::add)) {
            StackEndpoints endpoints = stack.endpoints();
            try (Admin admin = admin(endpoints)) {
                assertThat(admin.listTopics().names().get()).contains("kept");
            }
            assertThat(select(endpoints, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(get(endpoints.s3().resolve("/" + endpoints.s3Bucket() + "/kept.txt")))
                    .isEqualTo("kept");
        }
        assertThat(provider.stop(data, false)).isFalse();
        assertThat(data).doesNotExist();
    }

    @Test
    void shouldSayWhichPartsPortIsTakenBeforeStartingAnything() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Ports ports = new Ports(1, 2, 3, 4, 5, 6);
            int port = taken.getLocalPort();
            Ports withTaken = new Ports(Ports.free().kafka(), Ports.free().controller(), port, ports.registry(), 5, 6);
            assertThatThrownBy(withTaken::requireFree)
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith("Port " + port + " on 127.0.0.1, which Kafka Connect needs, is in use.")
                    .hasMessageContaining("--ports free");
        }
    }

    @Test
    void shouldSayThatItsDirectoryCannotBeWritten() throws IOException {
        Path file = java.nio.file.Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> provider.start(new StackOptions(file, true), part -> {}))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Cannot write in " + file);
    }

    private static Admin admin(StackEndpoints endpoints) {
        return Admin.create(Map.of("bootstrap.servers", endpoints.bootstrapServers()));
    }

    private String get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static void execute(StackEndpoints endpoints, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.jdbcUser(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String select(StackEndpoints endpoints, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.jdbcUser(), "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
