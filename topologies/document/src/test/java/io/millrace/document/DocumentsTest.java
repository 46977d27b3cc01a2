package io.millrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentsTest {

    private static final Path FLIGHTS = Path.of("../../examples/flights/flights.yaml");

    @Test
    void shouldReadTheExamplePipeline() throws Exception {
        // When
        Pipeline pipeline = Documents.read(FLIGHTS).pipelines().get(0);

        // Then
        assertThat(pipeline.name()).isEqualTo("flights");
        assertThat(pipeline.sources()).extracting(Source::name).containsExactly("flights", "airports");
        assertThat(pipeline.sources().get(1).key()).containsExactly("iata");
        assertThat(pipeline.eventTime().get(0).delay()).isEqualTo(Duration.ofMinutes(5));
        assertThat(pipeline.quality().get("departures"))
                .extracting(Rule::text)
                .containsExactly(
                        "not_null: [departed_at, origin]",
                        "between: {column: delay, min: -120, max: 2000}",
                        "check: distance > 0");
        assertThat(pipeline.sinks().get(0).connector().config()).containsEntry("mode", "upsert");
    }

    @Test
    void shouldPlaceTheLinesOfALiteralBlock() throws Exception {
        // Given
        String text = "apiVersion: millrace/v1\r\nkind: Pipeline\r\nmetadata: {name: p}\r\nspec:\r\n"
                + "  sources: {s: {connector: topic}}\r\n  steps:\r\n    a: |\r\n      SELECT\r\n        x\r\n";

        // When
        Text sql =
                Documents.read("p.yaml", text).pipelines().get(0).steps().get(0).sql();

        // Then
        assertThat(sql.at(2, 3)).isEqualTo(new Location("p.yaml", 9, 9));
    }

    /** The text has {@code X} for what is looked for, and {@code ↵} for the ends of lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a X",
                "SELECT a,↵        b, c↵      FROM X WHERE",
                "|↵      SELECT↵        a X",
                "|-↵      SELECT↵↵        a X",
                ">↵      SELECT a,↵      b X FROM t",
                ">-↵↵      SELECT a,↵      b↵↵        FROM X t↵      WHERE a",
                "'SELECT ''a'', X'",
                "'SELECT ''a'',↵       ''b'' X'",
                "\"SELECT \\\"a\\\",↵      \\\"b\\\" X\"",
                "\"SELECT a, \\↵        b X\""
            })
    void shouldPlaceWhatStandsInAScalarOfAnyStyle(String scalar) throws Exception {
        // Given
        String text = "apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: p}\nspec:\n"
                + "  sources: {s: {connector: topic}}\n  steps:\n    a: " + scalar.replace('↵', '\n') + "\n";

        // When
        Text sql =
                Documents.read("p.yaml", text).pipelines().get(0).steps().get(0).sql();
        String before = sql.value().substring(0, sql.value().indexOf('X'));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = before.length() - before.lastIndexOf('\n');

        // Then
        String inFile = text.substring(0, text.indexOf('X'));
        int fileLine = 1 + (int) inFile.chars().filter(c -> c == '\n').count();
        assertThat(sql.at(line, column))
                .isEqualTo(new Location("p.yaml", fileLine, inFile.length() - inFile.lastIndexOf('\n')));
    }

    @Test
    void shouldReportEveryFaultAtOnce() {
        assertThat(problems("apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: Bad Name}\nspec:\n"
                        + "  sources:\n    a: {conector: s3, as: table}\n"))
                .contains("'Bad Name' is not a name")
                .contains("p.yaml:6:9: 'conector' is not a key of the source 'a' (did you mean 'connector'?)")
                .contains("The table 'a' has no key");
    }

    @Test
    void shouldRefuseASecretInPlain() {
        assertThat(problems("apiVersion: millrace/v1\nkind: Connection\nmetadata: {name: c}\n"
                        + "spec: {type: jdbc, url: x, password: hunter2}\n"))
                .isEqualTo("p.yaml:4:38: 'password' is a secret, which is never written in a document "
                        + "(refer to it: ${env:NAME} or ${file:PATH:KEY})");
    }

    @Test
    void shouldSayOnceWhatIsWrong() {
        assertThat(problems("apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: p}\nspec: {sources: 5}\n"))
                .isEqualTo("p.yaml:4:17: 'sources' takes a mapping, not a single value");
    }

    @Test
    void shouldReadATildeAsNothing() throws Exception {
        String text = "apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: p}\nspec:\n"
                + "  sources: {s: {connector: topic, connection: ~}}\n";
        assertThat(problems(text)).isEqualTo("p.yaml:5:47: 'connection' takes one value, not nothing");
        assertThat(Documents.read("p.yaml", text.replace("connection: ~", "config: ~"))
                        .pipelines())
                .hasSize(1);
    }

    @Test
    void shouldSayWhereTheYamlIsBroken() {
        assertThat(problems("apiVersion: millrace/v1\nkind: [Pipeline\nspec: {}\n"))
                .startsWith("p.yaml:3:5: This is not YAML");
    }

    @Test
    void shouldOnlyEverFailWithProblemsWhateverIsBroken() throws Exception {
        String good = Files.readString(FLIGHTS);
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder broken = new StringBuilder(good);
            for (int j = 0; j <= random.nextInt(3); j++) {
                broken.setCharAt(random.nextInt(broken.length()), ":{}[]|-\n \"'&*!x\u0000".charAt(random.nextInt(16)));
            }
            assertThatCode(() -> {
                        try {
                            Documents.read("p.yaml", broken.toString());
                        } catch (InvalidDocumentException e) {
                            assertThat(e.problems()).isNotEmpty();
                        }
                    })
                    .as("seed 7, document %d", i)
                    .doesNotThrowAnyException();
        }
    }

    private static String problems(String yaml) {
        InvalidDocumentException problems =
                catchThrowableOfType(InvalidDocumentException.class, () -> Documents.read("p.yaml", yaml));
        assertThat(problems).isNotNull();
        return problems.getMessage();
    }
}
