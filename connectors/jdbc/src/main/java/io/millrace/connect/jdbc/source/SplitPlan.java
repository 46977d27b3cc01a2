package io.millrace.connect.jdbc.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * How the first reading of a table is divided by ranges of its key.
 *
 * @param id tells the plan from another of the same table
 * @param until the value of the mode's first column up to which rows are divided; empty when all are
 * @param bounds the keys between one split and the next, which belong to the lower one
 */
record SplitPlan(String id, String until, List<List<String>> bounds) {

    private static final JsonFactory JSON = new JsonFactory();

    SplitPlan {
        bounds = bounds.stream().map(List::copyOf).toList();
    }

    int splits() {
        return bounds.size() + 1;
    }

    /** The keys of a split, counted from 0. */
    RowRange range(int split) {
        return new RowRange(
                split == 0 ? null : RowRange.Bound.excluding(bounds.get(split - 1)),
                split == bounds.size() ? null : RowRange.Bound.including(bounds.get(split)));
    }

    /** The plan as an offset keeps it, in JSON. */
    String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("until", until);
            json.writeArrayFieldStart("bounds");
            for (List<String> bound : bounds) {
                json.writeStartArray();
                for (String value : bound) {
                    json.writeString(value);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * The plan that a text tells.
     *
     * @throws ConnectException when it tells none
     */
    static SplitPlan parse(String text) {
        String id = "";
        String until = "";
        List<List<String>> bounds = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "id" -> id = json.getText();
                    case "until" -> until = json.getText();
                    default -> {
                        while (json.nextToken() == JsonToken.START_ARRAY) {
                            List<String> bound = new ArrayList<>();
                            while (json.nextToken() != JsonToken.END_ARRAY) {
                                bound.add(json.getText());
                            }
                            bounds.add(bound);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new ConnectException("'" + text + "' is no plan of splits: delete the connector's offsets", e);
        }
        return new SplitPlan(id, until, bounds);
    }
}
