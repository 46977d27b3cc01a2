package io.millrace.connect.jdbc.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/**
 * Connect values as JSON: structs and maps are objects, dates and times texts in ISO 8601, bytes Base64, and numbers that JSON does
 * not have their names.
 */
final class ConnectJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private ConnectJson() {}

    static String text(Schema schema, Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(schema, value, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(@Nullable Schema schema, @Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Struct struct) {
            json.writeStartObject();
            for (Field field : struct.schema().fields()) {
                json.writeFieldName(field.name());
                write(field.schema(), RecordField.read(struct, field), json);
            }
            json.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(schema == null ? null : schema.valueSchema(), entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                write(schema == null ? null : schema.valueSchema(), item, json);
            }
            json.writeEndArray();
        } else {
            writeScalar(schema, value, json);
        }
    }

    private static void writeScalar(@Nullable Schema schema, Object value, JsonGenerator json) throws IOException {
        if (value instanceof java.util.Date date) {
            json.writeString(time(schema == null ? null : schema.name(), date.toInstant()));
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number.toPlainString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                json.writeNumber(value.toString());
            } else {
                json.writeString(value.toString());
            }
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            json.writeBinary(bytes);
        } else {
            json.writeString(value.toString());
        }
    }

    private static String time(@Nullable String logical, Instant instant) {
        if (Date.LOGICAL_NAME.equals(logical)) {
            return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
        }
        return Time.LOGICAL_NAME.equals(logical)
                ? LocalTime.ofInstant(instant, ZoneOffset.UTC).toString()
                : instant.toString();
    }
}
