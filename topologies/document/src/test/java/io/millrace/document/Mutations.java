package io.millrace.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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

    private final List<UnaryOperator<JsonNode>> mutations = new ArrayList<>();

    private Mutations() {}

    /** Every single change to this document, each made on a copy when it is applied. */
    static List<UnaryOperator<JsonNode>> of(JsonNode document) {
        Mutations all = new Mutations();
        VALUES.forEach(value -> all.mutations.add(ignored -> value));
        all.visit(document, JsonPointer.empty());
        return all.mutations;
    }

    /** A document with a key that nobody knows at {@code place}. */
    record UnknownKey(JsonNode original, JsonPointer place, JsonNode document) {

        /** The original with {@code key} there instead. */
        JsonNode with(String key) {
            JsonNode copy = original.deepCopy();
            ((ObjectNode) copy.at(place)).putNull(key);
            return copy;
        }
    }

    /** The document with an unknown key, once in each of its mappings. */
    static List<UnknownKey> unknownKeys(JsonNode document) {
        List<UnknownKey> all = new ArrayList<>();
        addUnknownKeys(document, JsonPointer.empty(), document, all);
        return all;
    }

    private static void addUnknownKeys(JsonNode node, JsonPointer place, JsonNode document, List<UnknownKey> all) {
        if (node instanceof ObjectNode object) {
            JsonNode copy = document.deepCopy();
            ((ObjectNode) copy.at(place)).put("zzzzzzzzzzzzzzz", "x");
            all.add(new UnknownKey(document, place, copy));
            object.properties()
                    .forEach(field ->
                            addUnknownKeys(field.getValue(), place.appendProperty(field.getKey()), document, all));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            addUnknownKeys(node.get(i), place.appendIndex(i), document, all);
        }
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
            changeObject(place, copy -> copy.put("unknown_key", "x"));
            changeObject(place, copy -> copy.putNull("unknown_key"));
            object.fieldNames().forEachRemaining(name -> visitField(object, name, place));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                change(place, copy -> ((ArrayNode) copy).remove(index));
                VALUES.forEach(value -> change(place, copy -> ((ArrayNode) copy).set(index, value)));
                visit(array.get(i), place.appendIndex(i));
            }
        }
    }

    private void visitField(ObjectNode object, String name, JsonPointer place) {
        changeObject(place, copy -> copy.remove(name));
        for (String other : List.of(name + "x", name.toUpperCase(Locale.ROOT), "a b", "Quarantine")) {
            changeObject(place, copy -> copy.set(other, copy.remove(name)));
        }
        VALUES.forEach(value -> changeObject(place, copy -> copy.set(name, value)));
        changeObject(place, copy -> copy.putArray(name).add(object.get(name)));
        visit(object.get(name), place.appendProperty(name));
    }

    private void changeObject(JsonPointer place, Consumer<ObjectNode> change) {
        change(place, copy -> change.accept((ObjectNode) copy));
    }

    private void change(JsonPointer place, Consumer<JsonNode> change) {
        mutations.add(document -> {
            JsonNode copy = document.deepCopy();
            change.accept(copy.at(place));
            return copy;
        });
    }
}
