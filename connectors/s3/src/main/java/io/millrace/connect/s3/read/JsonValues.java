package io.millrace.connect.s3.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connect.common.BadValueException;
import io.millrace.connect.common.Column;
import io.millrace.connect.common.ColumnType;
import io.millrace.connect.common.ColumnType.Kind;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Makes column values of JSON values, exactly or not at all: text is not taken for a number (a DECIMAL apart, which is often sent as
 * text to keep its digits), nor a number for text.
 */
final class JsonValues {

    private JsonValues() {}

    /** The value at the parser's place, which is not null. */
    static Object value(Column column, JsonParser json) throws IOException, BadValueException {
        JsonToken token = json.currentToken();
        Kind kind = column.type().kind();
        boolean isText = token == JsonToken.VALUE_STRING;
        boolean isNumber = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        return switch (kind) {
            case BOOLEAN -> {
                if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
                    throw wrong(column, json);
                }
                yield token == JsonToken.VALUE_TRUE;
            }
            case TINYINT, SMALLINT, INT, BIGINT -> {
                if (!isNumber) {
                    throw wrong(column, json);
                }
                String text = json.getText();
                yield Rows.fromText(column, token == JsonToken.VALUE_NUMBER_INT ? text : whole(column, text));
            }
            case REAL, DOUBLE -> {
                if (!isNumber) {
                    throw wrong(column, json);
                }
                yield finite(column, json.getText());
            }
            case DECIMAL -> {
                if (!isNumber && !isText) {
                    throw wrong(column, json);
                }
                yield Rows.fromText(column, json.getText());
            }
            case STRING, BYTES, DATE, TIME, TIMESTAMP -> {
                if (!isText) {
                    throw wrong(column, json);
                }
                yield Rows.fromText(column, json.getText());
            }
        };
    }

    /** {@code 1.0} and {@code 1e3} are whole numbers too. */
    private static String whole(Column column, String text) throws BadValueException {
        try {
            return Long.toString(new BigDecimal(text).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw Rows.bad(column, text);
        }
    }

    private static Object finite(Column column, String text) throws BadValueException {
        Object value = Rows.fromText(column, text);
        if (Double.isInfinite(((Number) value).doubleValue())) {
            throw Rows.bad(column, text);
        }
        return value;
    }

    private static BadValueException wrong(Column column, JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT ->
                new BadValueException("column '" + column.name() + "': a JSON object is not a " + column.type());
            case START_ARRAY ->
                new BadValueException("column '" + column.name() + "': a JSON array is not a " + column.type());
            case VALUE_STRING ->
                new BadValueException("column '" + column.name() + "': the text \""
                        + ColumnType.shortened(json.getText()) + "\" is not a "
                        + column.type());
            default -> Rows.bad(column, json.getText());
        };
    }
}
