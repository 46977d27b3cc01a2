package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class FullCompatibilityTest {

    private static final String FIELDS = "{\"name\": \"run\", \"type\": \"string\"}, "
            + "{\"name\": \"note\", \"type\": \"string\", \"default\": \"\"}, "
            + "{\"name\": \"at\", \"type\": [\"null\", {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}]}";

    private static final Schema RELEASED = event(FIELDS);

    @Test
    void shouldHoldEveryContractAgainstItsReleasedVersion() {
        Map<String, Schema> released = Contracts.in(Contracts.RELEASED);
        Map<String, Schema> current = Contracts.in(Contracts.CURRENT);
        assertThat(current.keySet())
                .as("contracts, each with its released version in " + Contracts.RELEASED)
                .isEqualTo(released.keySet());
        current.forEach((name, contract) -> assertThat(FullCompatibility.problems(released.get(name), contract))
                .as(name)
                .isEmpty());
    }

    @Test
    void shouldAcceptAFieldWithADefault() {
        assertThat(problems(FIELDS + ", {\"name\": \"more\", \"type\": \"int\", \"default\": 0}"))
                .isEmpty();
    }

    @Test
    void shouldRefuseAFieldWithoutADefault() {
        assertThat(problems(FIELDS + ", {\"name\": \"more\", \"type\": \"int\"}"))
                .singleElement()
                .asString()
                .contains("the contract cannot read the released version", "more");
    }

    @Test
    void shouldRefuseToLoseAFieldWithoutADefault() {
        assertThat(problems(FIELDS.replace("{\"name\": \"run\", \"type\": \"string\"}, ", "")))
                .singleElement()
                .asString()
                .contains("the released version cannot read the contract", "run");
    }

    @Test
    void shouldAcceptToLoseAFieldWithADefault() {
        assertThat(problems(FIELDS.replace("{\"name\": \"note\", \"type\": \"string\", \"default\": \"\"}, ", "")))
                .isEmpty();
    }

    @Test
    void shouldRefuseAnotherType() {
        assertThat(problems(FIELDS.replace("\"run\", \"type\": \"string\"", "\"run\", \"type\": \"long\"")))
                .hasSize(2);
    }

    @Test
    void shouldRefuseAnotherLogicalType() {
        assertThat(problems(FIELDS.replace("timestamp-millis", "timestamp-micros")))
                .containsExactly("a.Event.at was of logical type timestamp-millis and now is timestamp-micros");
    }

    private static List<String> problems(String fields) {
        return FullCompatibility.problems(RELEASED, event(fields));
    }

    private static Schema event(String fields) {
        return new Schema.Parser().parse("{\"type\": \"record\", \"name\": \"a.Event\", \"fields\": [" + fields + "]}");
    }
}
