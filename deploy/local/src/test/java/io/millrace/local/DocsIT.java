package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.PipelineRun;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.cli.stack.StackOptions;
import io.millrace.document.Documents;
import io.millrace.local.demo.ExampleData;
import io.millrace.orchestrator.RunReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows of connectors and topics, done on a real stack; and the reference of the connectors' options, held against what
 * a worker says of them. With the system property {@code docs.update}, the reference is written instead.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DocsIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Map<String, String> PLUGINS = Map.of(
            "JDBC source", "io.millrace.connect.jdbc.JdbcSourceConnector",
            "JDBC sink", "io.millrace.connect.jdbc.JdbcSinkConnector",
            "S3 source", "io.millrace.connect.s3.S3SourceConnector",
            "S3 sink", "io.millrace.connect.s3.S3SinkConnector",
            "Avro converter", "io.millrace.connect.avro.AvroConverter");

    private final HttpClient http = HttpClient.newHttpClient();
    private Path data;
    private LocalStack stack;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        data = directory.resolve("stack");
        stack = new EmbeddedStackProvider().start(new StackOptions(data, true), part -> {});
        new ExampleData(ROOT.resolve("examples/flights/data")).load(stack.endpoints());
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void shouldMoveATableToParquetWithTheConnectorsOfTheReadme() throws Exception {
        List<JsonNode> connectors = new ArrayList<>();
        Matcher block = JSON_BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        while (block.find()) {
            connectors.add(JSON.readTree(onThisStack(block.group(1))));
        }
        assertThat(connectors).hasSize(2);
        for (JsonNode connector : connectors) {
            // The README's file is closed after a minute; nobody waits that long here.
            if (connector.path("config").has("rotate.interval.ms")) {
                ((ObjectNode) connector.path("config")).put("rotate.interval.ms", "1000");
            }
            HttpResponse<String> created = send("POST", "/connectors", connector.toString());
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        }
        Path objects = data.resolve("s3/millrace/airports");
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(objects) || parquetFiles(objects).isEmpty()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(200);
        }
        assertThat(parquetFiles(objects).get(0).getFileName().toString()).isEqualTo("0-00000000000000000000.parquet");
        for (JsonNode connector : connectors) {
            send("DELETE", "/connectors/" + connector.path("name").asText(), "");
        }
    }

    @Test
    void shouldFeedAndReadTopicsWithTheClientsOfTheReadme() throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme)
                .contains(
                        "examples/topics/Feed.java",
                        "examples/topics/Read.java",
                        "./millrace run examples/topics/late.yaml");
        StackEndpoints endpoints = stack.endpoints();
        String registry = endpoints.schemaRegistry().toString();

        assertThat(java("Feed.java", endpoints.bootstrapServers(), registry)).isEmpty();
        RunReport report = PipelineRun.execute(
                Documents.read(ROOT.resolve("examples/topics/late.yaml")),
                endpoints,
                data.resolve("streams"),
                PipelineRun.PATIENCE,
                snapshot -> {});
        assertThat(report.read()).isEqualTo(Map.of("flights", 3L));
        assertThat(report.written()).isEqualTo(Map.of("out", 1L));
        assertThat(report.quarantine())
                .singleElement()
                .satisfies(row -> assertThat(row.stage()).isEqualTo("rule"));

        String rows = java("Read.java", endpoints.bootstrapServers(), registry, "late.late_flights");
        assertThat(readme).contains("```\n" + rows + "```");
    }

    @Test
    void shouldReachTheDataAsThePageOfTheStackSays() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/local.md"));
        Matcher block = Pattern.compile("```sh\n(psql .*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        Files.writeString(data.resolve("flights.json"), "{}\n");
        URI database = URI.create(stack.endpoints().jdbcUrl().substring("jdbc:".length()));
        for (String line : onThisStack(block.group(1))
                .replace("127.0.0.1:15432", database.getAuthority())
                .lines()
                .toList()) {
            String tool = line.substring(0, line.indexOf(' '));
            Process process = new ProcessBuilder("sh", "-c", "command -v " + tool + " >/dev/null || exit 77; " + line)
                    .directory(data.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // Not every machine has both tools.
            assertThat(process.waitFor()).as(output).isIn(0, 77);
        }
        Path object = data.resolve("s3/millrace/flights/flights.json");
        if (Files.exists(object)) {
            assertThat(object).hasContent("{}");
        }
    }

    @Test
    void shouldListEveryOptionOfEveryConnector() throws Exception {
        StringBuilder page = new StringBuilder("""
                # Connectors

                Kafka Connect plugins that work in any worker. [README](../README.md#install-the-connect-plugins) says how to install them; what
                each one guarantees and where its limits are, [connectors/jdbc/README.md](../connectors/jdbc/README.md) says for JDBC. In a
                pipeline, a connector's `config` takes these options as they are; those that the pipeline knows better (topics, columns, the
                connection) it writes itself.
                """);
        for (String title : PLUGINS.keySet().stream().sorted().toList()) {
            String plugin = PLUGINS.get(title);
            page.append("\n## ")
                    .append(title)
                    .append("\n\n`")
                    .append(plugin)
                    .append("`\n\n| option | type | default | |\n|---|---|---|---|\n");
            for (JsonNode option : JSON.readTree(
                    send("GET", "/connector-plugins/" + plugin + "/config", "").body())) {
                page.append("| `")
                        .append(option.path("name").asText())
                        .append("` | ")
                        .append(option.path("type").asText().toLowerCase(java.util.Locale.ROOT))
                        .append(" | ")
                        .append(value(option))
                        .append(" | ")
                        .append(option.path("documentation")
                                .asText()
                                .replace("|", "\\|")
                                .replace("<", "&lt;"))
                        .append(" |\n");
            }
        }
        Path file = ROOT.resolve("docs/connectors.md");
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, page);
        }
        assertThat(Files.readString(file))
                .as("docs/connectors.md; -Ddocs.update writes it")
                .isEqualTo(page.toString());
    }

    private static String value(JsonNode option) {
        if (option.path("required").asBoolean()) {
            return "required";
        }
        String value = option.path("default_value").asText("");
        return value.isEmpty() || value.equals("null") ? "" : "`" + value + "`";
    }

    private String onThisStack(String text) {
        StackEndpoints endpoints = stack.endpoints();
        return text.replace(StackEndpoints.FIXED.jdbcUrl(), endpoints.jdbcUrl())
                .replace(StackEndpoints.FIXED.s3().toString(), endpoints.s3().toString());
    }

    private static List<Path> parquetFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        URI uri = stack.endpoints().connect().resolve(path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String java(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ROOT.resolve("examples/topics").resolve(program).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
