package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MillraceTest {

    private static final String FLIGHTS = "../../examples/flights/flights.yaml";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void shouldSayThatTheExampleIsValid() {
        assertThat(run("validate", FLIGHTS)).isEqualTo(0);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines("flights: valid; 2 sources, 2 steps, 3 rules, 2 sinks, 8 topics");
    }

    @Test
    void shouldPointAtAnUnknownColumnAndExitWith2() throws IOException {
        Path broken = directory.resolve("flights.yaml");
        Files.writeString(broken, Files.readString(Path.of(FLIGHTS)).replace("AVG(delay)", "AVG(delays)"));

        assertThat(run("validate", broken.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("flights.yaml:23:61: Column 'delays' not found in any table")
                .contains("did you mean 'delay'?");
    }

    @Test
    void shouldGiveProblemsAsJson() throws IOException {
        Path broken = directory.resolve("flights.yaml");
        Files.writeString(broken, "apiVersion: millrace/v1\nkind: Pipline\nmetadata: {name: x}\nspec: {}\n");

        assertThat(run("validate", "--output", "json", broken.toString())).isEqualTo(2);
        assertThat(out.toString()).contains("\"valid\" : false").contains("\"line\" : 2");
    }

    @Test
    void shouldExplainWhatIsDecodedAndTheTopology() {
        assertThat(run("explain", FLIGHTS)).isEqualTo(0);
        assertThat(out.toString())
                .contains("decoded: date, delay, distance, origin")
                .contains("skipped undecoded: destination")
                .contains("hourly_delay-aggregate")
                .contains("Sub-topology: 0");
    }

    @Test
    void shouldExplainAsJsonOfTheFormThatIsDocumented() throws IOException {
        assertThat(run("explain", "--output", "json", "--rows", "flights=5e4", FLIGHTS))
                .isEqualTo(0);
        JsonNode flights = new ObjectMapper().readTree(out.toString()).get(0);
        assertThat(flights.path("application_id").asText()).isEqualTo("millrace.flights");
        assertThat(flights.at("/sources/0/push_down/setting").asText()).isEqualTo("none");
        assertThat(flights.at("/sources/0/estimate/rows_in").asLong()).isEqualTo(50_000);
        assertThat(flights.at("/steps/1/operators").findValuesAsText("store")).contains("hourly_delay-aggregate");
        assertThat(flights.at("/steps/1/state").findValuesAsText("topic"))
                .contains("millrace.flights-hourly_delay-aggregate-changelog");
        assertThat(flights.at("/connectors/0/config/topic").asText()).isEqualTo("flights.flights");
    }

    @Test
    void shouldRefuseRowsOfASourceThatIsNotThere() {
        assertThat(run("explain", "--rows", "flight=5", FLIGHTS)).isEqualTo(2);
        assertThat(err.toString()).contains("there is no source 'flight', did you mean 'flights'?");
    }

    @Test
    void shouldCompareWithAnOlderFormAndExitWith1WhenStateCannotBeRead() throws IOException {
        Path wider = directory.resolve("wider.yaml");
        Files.writeString(wider, Files.readString(Path.of(FLIGHTS)).replace("AVG(delay)", "AVG(distance)"));
        Path other = directory.resolve("other.yaml");
        Files.writeString(other, Files.readString(Path.of(FLIGHTS)).replace("name: flights, ", "name: trains, "));

        assertThat(run("explain", "--against", FLIGHTS, FLIGHTS)).isEqualTo(0);
        assertThat(out.toString()).startsWith("pipeline flights: the application goes on from its offsets");
        assertThat(run("explain", "--against", FLIGHTS, wider.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("cannot go on from its offsets")
                .contains("store hourly_delay-aggregate")
                .contains("AVG(delay)");
        StringWriter json = new StringWriter();
        assertThat(Millrace.run(
                        new PrintWriter(json, true),
                        new PrintWriter(err, true),
                        "explain",
                        "--output",
                        "json",
                        "--against",
                        FLIGHTS,
                        wider.toString()))
                .isEqualTo(1);
        JsonNode comparison = new ObjectMapper().readTree(json.toString()).get(0);
        assertThat(comparison.path("goes_on").asBoolean(true)).isFalse();
        assertThat(comparison.path("state").findValuesAsText("fate")).contains("kept", "rebuilt");
        assertThat(run("explain", "--against", FLIGHTS, other.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no pipeline 'trains'");
    }

    @Test
    void shouldRunTheTestsOfTheExample() {
        assertThat(run("test", "../../examples/flights/flights-test.yaml"))
                .as(out.toString())
                .isEqualTo(0);
        assertThat(out.toString())
                .contains("ok    late flights are averaged per hour")
                .contains("4 passed, 0 failed");
    }

    @Test
    void shouldShowWhatATestGaveInstead() throws IOException {
        Path tests = directory.resolve("flights-test.yaml");
        Files.writeString(
                tests,
                Files.readString(Path.of("../../examples/flights/flights-test.yaml"))
                        .replace("{flights: 1, average_delay: 95}", "{flights: 2, average_delay: 95}"));
        Files.copy(Path.of(FLIGHTS), directory.resolve("flights.yaml"));

        assertThat(run("test", tests.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAIL  late flights are averaged per hour")
                .contains("flights-test.yaml:9:11: hourly_delay, row 1: flights is not 2")
                .contains("3 passed, 1 failed");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThat(run("validate", "nowhere.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.yaml:1:1: There is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "connection", "pipeline-test"})
    void shouldPrintTheSchemaThatIsPublished(String kind) throws IOException {
        assertThat(run("schema", kind)).isEqualTo(0);
        assertThat(out.toString()).isEqualTo(Files.readString(Path.of("../../docs/schemas/" + kind + ".schema.json")));
    }

    @Test
    void shouldNameTheKindsWhenThereIsNoSuchSchema() {
        assertThat(run("schema", "pipelines")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("millrace: There is no kind of document 'pipelines' (did you mean "
                        + "'pipeline'? kinds: pipeline, connection, pipeline-test)");
        assertThat(run("schema")).isEqualTo(2);
        assertThat(err.toString()).contains("KIND");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldShowItsUsageWithoutASubcommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: millrace");
    }

    private int run(String... arguments) {
        return Millrace.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void shouldNotPadTheBranchesOfACaseToTheLongest(@TempDir Path directory) throws IOException {
        Path test = Files.writeString(directory.resolve("case-test.yaml"), """
                spec:
                  sources:
                    orders: {connector: topic, columns: amount INT}
                  steps:
                    sized: SELECT CASE WHEN amount > 10 THEN 'big' ELSE 'small' END AS size FROM orders
                  sinks:
                    out: {from: sized, connector: topic}
                tests:
                  - name: texts keep their length
                    input: [{to: orders, value: {amount: 11}}, {to: orders, value: {amount: 1}}]
                    output: {sized: [{value: {size: big}}, {value: {size: small}}]}
                """);
        StringWriter out = new StringWriter();
        int code = Millrace.run(new PrintWriter(out, true), new PrintWriter(out, true), "test", test.toString());
        assertThat(out.toString()).contains("1 passed, 0 failed");
        assertThat(code).isZero();
    }
}
