package io.millrace.connect.s3.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.connect.common.BadValueException;
import io.millrace.connect.common.Column;
import io.millrace.connect.common.RowShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes rows of JSON objects. Fields are found by the columns' exact names, others are passed over; a name that is there twice is an
 * error, since no one can say which of the values is meant.
 */
final class JsonRowParser implements RowParser {

    private final RowShape shape;
    private final JsonFactory factory;
    private final Map<String, Integer> indexes = new HashMap<>();

    JsonRowParser(RowShape shape, int lineMaxBytes) {
        this.shape = shape;
        this.factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(lineMaxBytes)
                        .build())
                .build();
        for (int i = 0; i < shape.columns().size(); i++) {
            indexes.put(shape.columns().get(i).name(), i);
        }
    }

    @Override
    public Struct parse(String text) throws BadValueException {
        try (JsonParser json = factory.createParser(text)) {
            return row(json);
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new BadValueException(
                    "this is not JSON: " + e.getOriginalMessage() + " (at character " + column + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private Struct row(JsonParser json) throws IOException, BadValueException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new BadValueException("this is no JSON object: a line begins with { and ends with }");
        }
        Struct row = new Struct(shape.value());
        String name = json.nextFieldName();
        while (name != null) {
            JsonToken token = json.nextToken();
            Integer index = indexes.get(name);
            if (index == null) {
                json.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                Column column = shape.columns().get(index);
                row.put(shape.value().fields().get(index), JsonValues.value(column, json));
            }
            name = json.nextFieldName();
        }
        if (json.nextToken() != null) {
            throw new BadValueException("there is more behind the JSON object: one line holds one");
        }
        Rows.requireComplete(shape, row);
        return row;
    }
}
