package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema.Type;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

final class EncodingsTest {

    private final List<Schema> made = new ArrayList<>();
    private final Encodings encodings = new Encodings(2, schema -> {
        made.add(schema);
        return new Encoding(org.apache.avro.Schema.create(Type.NULL), null);
    });

    @Test
    void shouldMakeOneEncodingForEqualSchemas() {
        Encoding first = encodings.of(schema("a"));
        encodings.of(schema("b"));
        assertThat(encodings.of(schema("a"))).isSameAs(first);
        assertThat(encodings.of(schema("a"))).isSameAs(first);
        assertThat(made).hasSize(2);
    }

    @Test
    void shouldForgetSchemasWhenThereAreTooMany() {
        encodings.of(schema("a"));
        encodings.of(schema("b"));
        encodings.of(schema("c"));
        encodings.of(schema("a"));
        assertThat(made).hasSize(4);
    }

    private static Schema schema(String name) {
        return SchemaBuilder.string().name(name).build();
    }
}
