package io.millrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.document.Corpus.Document;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas and the readers accept and refuse the same documents. */
final class SchemaAgreementTest {

    private static final long SEED = 11;
    private static final int RANDOM_DOCUMENTS = 500;

    static Stream<Document> documents() {
        return Corpus.all().stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldAcceptEveryValidDocument(Document document) {
        assertThat(Verdicts.ofReader(document.kind(), document.json())).isEmpty();
        assertThat(Verdicts.ofSchema(document.kind(), document.json())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldAgreeWhateverOneThingIsChanged(Document document) {
        List<UnaryOperator<JsonNode>> mutations = Mutations.of(document.json());
        assertThat(mutations).hasSizeGreaterThan(50);
        mutations.forEach(mutation -> assertAgreement(document.kind(), mutation.apply(document.json())));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldAgreeWhateverThreeThingsAreChanged(Document document) {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_DOCUMENTS; i++) {
            JsonNode mutation = document.json();
            for (int j = 0; j < 3; j++) {
                List<UnaryOperator<JsonNode>> mutations = Mutations.of(mutation);
                mutation = mutations.get(random.nextInt(mutations.size())).apply(mutation);
            }
            assertAgreement(document.kind(), mutation);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5 MINUTES",
                "5minute",
                " 1 Hour ",
                "250 milliseconds",
                "0 DAYS",
                "PT5M",
                "pt1h30m",
                "P1D",
                "P1DT2H",
                "PT0.5S",
                "PT1,5S",
                "PT1.S",
                "+PT5M",
                "PT1H-5M",
                "",
                "5",
                "5 M",
                "5 WEEKS",
                "1.5 HOURS",
                "-5 DAYS",
                "P",
                "PT",
                "P1DT",
                "PT5",
                "P1W",
                "P1M",
                "5 MINUTES 3 SECONDS",
                "MINUTES"
            })
    void shouldAgreeOnLengthsOfTime(String delay) {
        ObjectNode document = (ObjectNode) Mutations.json(DocumentSchemas.of(DocumentKind.PIPELINE))
                .at("/examples/0")
                .deepCopy();
        ((ObjectNode) document.path("spec"))
                .putObject("event_time")
                .putObject("late")
                .put("column", "t")
                .put("delay", delay);
        assertAgreement(DocumentKind.PIPELINE, document);
    }

    private static void assertAgreement(DocumentKind kind, JsonNode document) {
        List<Problem> reader = Verdicts.ofReaderWithinASchema(kind, document);
        List<com.networknt.schema.Error> schema = Verdicts.ofSchema(kind, document);
        assertThat(schema.isEmpty())
                .as("%nThe reader says %s,%nthe schema says %s%nof %s", reader, schema, document.toPrettyString())
                .isEqualTo(reader.isEmpty());
    }
}
