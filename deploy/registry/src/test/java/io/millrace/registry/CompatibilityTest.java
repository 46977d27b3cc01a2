package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompatibilityTest {

    private static final String A = Schemas.record("R", "{'name':'a','type':'int'}");
    private static final String AB = Schemas.record("R", "{'name':'a','type':'int'},{'name':'b','type':'int'}");
    private static final String AB_DEFAULT =
            Schemas.record("R", "{'name':'a','type':'int'},{'name':'b','type':'int','default':0}");

    private final RegistryState state = new RegistryState();

    private List<String> problems(CompatibilityLevel level, String candidate, String... earlier) {
        List<StoredSchema> stored = new ArrayList<>();
        for (String schema : earlier) {
            stored.add(new StoredSchema(
                    "s",
                    stored.size() + 1,
                    stored.size() + 1,
                    "AVRO",
                    List.of(),
                    schema,
                    false,
                    JsonNodeFactory.instance.objectNode()));
        }
        AvroSchema parsed = AvroParser.parse(state, new SchemaText("AVRO", candidate, List.of()), true);
        return Compatibility.problems(state.parsed(), level, parsed, stored);
    }

    private static String schema(String name) {
        return switch (name) {
            case "a" -> A;
            case "ab" -> AB;
            case "ab=" -> AB_DEFAULT;
            default -> "\"" + name + "\"";
        };
    }

    /** The earlier schemas, the oldest first, the new one, and the levels that let it pass. */
    @ParameterizedTest
    @CsvSource({
        "a, ab, NONE FORWARD FORWARD_TRANSITIVE",
        "ab, a, NONE BACKWARD BACKWARD_TRANSITIVE",
        "a, ab=, NONE BACKWARD BACKWARD_TRANSITIVE FORWARD FORWARD_TRANSITIVE FULL FULL_TRANSITIVE",
        "a ab=, ab, NONE BACKWARD FORWARD FORWARD_TRANSITIVE FULL",
        "ab ab=, a, NONE BACKWARD BACKWARD_TRANSITIVE FORWARD FULL",
        "int, long, NONE BACKWARD BACKWARD_TRANSITIVE",
        "int, string, NONE",
        "string int, int, NONE BACKWARD FORWARD FULL"
    })
    void shouldCompareAsTheLevelSays(String earlier, String candidate, String passing) {
        String[] schemas = java.util.Arrays.stream(earlier.split(" "))
                .map(CompatibilityTest::schema)
                .toArray(String[]::new);
        List<String> passed = new ArrayList<>();
        for (CompatibilityLevel level : CompatibilityLevel.values()) {
            if (problems(level, schema(candidate), schemas).isEmpty()) {
                passed.add(level.name());
            }
        }
        assertThat(passed).containsExactlyInAnyOrder(passing.split(" "));
    }

    @Test
    void shouldSayWhatCannotBeReadAndWhere() {
        assertThat(problems(CompatibilityLevel.FULL, AB, A))
                .singleElement()
                .asString()
                .contains("the new schema cannot read what version 1 writes")
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE")
                .contains("b");
    }

    @Test
    void shouldLetNothingFollowASchemaThatCannotBeParsed() {
        assertThat(problems(CompatibilityLevel.BACKWARD, A, "{}"))
                .singleElement()
                .asString()
                .contains("version 1");
    }
}
