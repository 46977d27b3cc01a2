package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConnectClientTest {

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private ConnectClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            Answer answer = answers.removeFirst();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = new ConnectClient(uri());
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldTellWhatAConnectorsValidationSays() throws Exception {
        answers.add(new Answer(
                200,
                "{\"configs\": [{\"value\": {\"name\": \"table\", \"errors\": [\"no table 'airport'\"]}},"
                        + " {\"value\": {\"name\": \"topic\", \"errors\": []}}]}"));
        assertThat(client.validate("a", Map.of("connector.class", "x.Y"))).containsExactly("table: no table 'airport'");
        assertThat(requests).containsExactly("PUT /connector-plugins/x.Y/config/validate");
    }

    @Test
    void shouldWaitOutARebalance() throws Exception {
        answers.add(new Answer(409, "{\"error_code\":409,\"message\":\"rebalancing\"}"));
        answers.add(new Answer(201, "{}"));
        client.put("a b", Map.of());
        assertThat(requests).containsExactly("PUT /connectors/a%20b/config", "PUT /connectors/a%20b/config");
    }

    @Test
    void shouldTellWhatTheConnectorSaysAndNotHowTheWorkerWrapsIt() throws Exception {
        answers.add(
                new Answer(
                        200,
                        "{\"connector\": {\"state\": \"RUNNING\"}, \"tasks\": [{\"state\": \"RUNNING\"}, {\"state\": \"FAILED\", \"trace\":"
                                + " \"org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable"
                                + " exception.\\n\\tat x\\nCaused by: org.apache.kafka.connect.errors.ConnectException: There is no table x:"
                                + " make it\\n\\tat y\\nCaused by: java.sql.SQLException: relation does not exist\\n\\t... 3 more\\n\"}]}"));
        assertThat(client.failure("a")).contains("There is no table x: make it");
    }

    @Test
    void shouldTellThatAConnectorIsGone() throws Exception {
        answers.add(new Answer(404, "{}"));
        answers.add(new Answer(404, "{}"));
        assertThat(client.failure("a")).contains("it is not there any more; something else has removed it");
    }

    @Test
    void shouldTakeAMissingConnectorForRemoved() throws Exception {
        answers.add(new Answer(404, "{\"error_code\":404,\"message\":\"Connector a not found\"}"));
        client.delete("a");
        assertThat(requests).containsExactly("DELETE /connectors/a");
    }

    @Test
    void shouldSayThatAPluginIsNotInstalled() {
        answers.add(new Answer(500, "{\"message\":\"Failed to find any class that implements Connector\"}"));
        assertThatThrownBy(() -> client.validate("a", Map.of("connector.class", "x.Y")))
                .isInstanceOf(RunException.class)
                .hasMessageContaining(
                        "does not know the connector x.Y; install its plugin in the worker's plugin.path");
    }

    @Test
    void shouldSayThatTheWorkerDoesNotAnswer() {
        server.stop(0);
        assertThatThrownBy(() -> client.failure("a"))
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(e.kind()).isEqualTo(RunException.Kind.UNREACHABLE))
                .hasMessageStartingWith("The Connect worker at " + uri() + " does not answer");
    }
}
