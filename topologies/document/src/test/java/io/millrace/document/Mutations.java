package io.millrace.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A document with one thing changed: a key left out, renamed or added, a value of another type. */
final class Mutations {

    private static final List<JsonNode> VALUES = Stream.of(
                    "true",
                    "7",
                    "-1.5",
                    "\"text\"",
                    "\"Some Text\"",
                    "\"\"",
                    "null",
                    "[]",
                    "{}",
                    "[\"a\"]",
                    "[1, true]",
                    "[null]",
                    "[[]]",
                    "[{}]",
                    "{\"x\": \"y\"}",
                    "{\"x\": null}",
                    "{\"x\": {\"y\": []}}")
            .map(Mutations::json)
            .toList();

    private final JsonNode document;
    private final List<JsonNode> mutations = new ArrayList<>();

    private Mutations(JsonNode document) {
        this.document = document;
    }

    /** Every document that one change makes of this one. */
    static List<JsonNode> of(JsonNode document) {
        Mutations all = new Mutations(document);
        all.mutations.addAll(VALUES);
        all.visit(document, JsonPointer.empty());
        return all.mutations;
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void visit(JsonNode node, JsonPointer place) {
        if (node instanceof ObjectNode object) {
            ((ObjectNode) copy(place)).put("unknown_key", "x");
            ((ObjectNode) copy(place)).putNull("unknown_key");
            object.fieldNames().forEachRemaining(name -> visitField(object, name, place));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                ((ArrayNode) copy(place)).remove(i);
                for (JsonNode value : VALUES) {
                    ((ArrayNode) copy(place)).set(i, value);
                }
                visit(array.get(i), place.appendIndex(i));
            }
        }
    }

    private void visitField(ObjectNode object, String name, JsonPointer place) {
        ((ObjectNode) copy(place)).remove(name);
        for (String other : List.of(name + "x", name.toUpperCase(java.util.Locale.ROOT), "a b", "Quarantine")) {
            ObjectNode renamed = (ObjectNode) copy(place);
            renamed.set(other, renamed.remove(name));
        }
        for (JsonNode value : VALUES) {
            ((ObjectNode) copy(place)).set(name, value);
        }
        ((ObjectNode) copy(place)).putArray(name).add(object.get(name));
        visit(object.get(name), place.appendProperty(name));
    }

    /** Adds a copy of the document, for its part at {@code place} to be changed. */
    private ContainerNode<?> copy(JsonPointer place) {
        JsonNode copy = document.deepCopy();
        mutations.add(copy);
        return (ContainerNode<?>) copy.at(place);
    }
}
