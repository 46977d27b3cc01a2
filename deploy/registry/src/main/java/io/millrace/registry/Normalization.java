package io.millrace.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes schemas that differ only in the order of attributes or references the same text. Avro has brought its own attributes
 * in order already; what is left are the properties that it does not know.
 */
final class Normalization {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> AVRO_ORDER = List.of(
            "type",
            "name",
            "namespace",
            "doc",
            "fields",
            "symbols",
            "items",
            "values",
            "size",
            "default",
            "order",
            "aliases");

    private Normalization() {}

    static AvroSchema normalize(AvroSchema schema) {
        try {
            String text = JSON.writeValueAsString(ordered(JSON.readTree(schema.text())));
            List<Reference> references = schema.references().stream()
                    .distinct()
                    .sorted(Comparator.comparing(Reference::name)
                            .thenComparing(Reference::subject)
                            .thenComparing(Reference::version))
                    .toList();
            return new AvroSchema(schema.schema(), text, references);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON: " + schema.text(), e);
        }
    }

    private static JsonNode ordered(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> result.add(ordered(element)));
            return result;
        }
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            names.sort(Comparator.comparingInt(Normalization::rank).thenComparing(Comparator.naturalOrder()));
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            names.forEach(name -> result.set(name, ordered(object.get(name))));
            return result;
        }
        return node;
    }

    private static int rank(String name) {
        int index = AVRO_ORDER.indexOf(name);
        return index < 0 ? AVRO_ORDER.size() : index;
    }
}
