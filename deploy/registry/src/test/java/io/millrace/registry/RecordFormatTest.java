package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordFormatTest {

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.get(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":3,\"magic\":1}",
                "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}",
                "{\"keytype\":\"CONFIG\",\"subject\":\"s\",\"magic\":0}",
                "{\"keytype\":\"MODE\",\"subject\":null,\"magic\":0}",
                "{\"keytype\":\"MODE\",\"subject\":\"s\",\"magic\":0}",
                "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0}",
                "{\"keytype\":\"CLEAR_SUBJECT\",\"subject\":\"s\",\"magic\":0}",
                "{\"keytype\":\"NOOP\",\"magic\":0}"
            })
    void shouldReadAndWriteKeysByteForByte(String key) throws IOException {
        assertThat(text(RecordFormat.key(RecordFormat.key(bytes(key))))).isEqualTo(key);
    }

    @Test
    void shouldReadKeysThatAreSpeltOtherwise() throws IOException {
        assertThat(RecordFormat.key(bytes("{\"magic\":0,\"keytype\":\"CONFIG\",\"more\":[]}")))
                .isEqualTo(new RecordKey.Config(null));
        assertThat(RecordFormat.key(bytes("{\"keytype\":\"CONTEXT\",\"tenant\":\"t\"}")))
                .isEqualTo(new RecordKey.Unknown("CONTEXT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "7",
                "{}",
                "{\"keytype\":\"SCHEMA\",\"version\":1}",
                "{\"keytype\":\"SCHEMA\",\"subject\":\"s\"}"
            })
    void shouldRefuseWhatIsNoKey(String key) {
        assertThatThrownBy(() -> RecordFormat.key(bytes(key))).isInstanceOf(IOException.class);
    }

    @Test
    void shouldWriteSchemasAsConfluentDoes() {
        StoredSchema schema =
                new StoredSchema("s", 1, 7, "AVRO", List.of(), "\"int\"", false, JsonNodeFactory.instance.objectNode());
        assertThat(text(RecordFormat.bytes(RecordFormat.value(schema))))
                .isEqualTo("{\"subject\":\"s\",\"version\":1,\"id\":7,\"schema\":\"\\\"int\\\"\",\"deleted\":false}");
    }

    @Test
    void shouldKeepWhatItDoesNotKnowInASchema() throws IOException {
        String value = "{\"subject\":\"s\",\"version\":1,\"id\":7,\"schemaType\":\"JSON\",\"references\":"
                + "[{\"name\":\"n\",\"subject\":\"t\",\"version\":2}],\"schema\":\"{}\",\"deleted\":true,\"md5\":\"x\","
                + "\"metadata\":{\"properties\":{\"a\":\"b\"}}}";
        StoredSchema schema =
                RecordFormat.schema(new RecordKey.SchemaVersion("s", 1), RecordFormat.value(bytes(value)));
        assertThat(schema.references()).containsExactly(new Reference("n", "t", 2));
        assertThat(text(RecordFormat.bytes(RecordFormat.value(schema)))).isEqualTo(value);
    }
}
