package io.millrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.document.Corpus.Document;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static void assertAgreement(DocumentKind kind, JsonNode document) {
        List<Problem> reader = Verdicts.ofReaderWithinASchema(kind, document);
        List<com.networknt.schema.Error> schema = Verdicts.ofSchema(kind, document);
        assertThat(schema.isEmpty())
                .as("%nThe reader says %s,%nthe schema says %s%nof %s", reader, schema, document.toPrettyString())
                .isEqualTo(reader.isEmpty());
    }
}
