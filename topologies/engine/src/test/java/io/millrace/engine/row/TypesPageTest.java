package io.millrace.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import io.millrace.engine.sql.ColumnList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.calcite.rel.type.RelDataType;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/types.md} says of each type what the engine does: its tables are made by asking it. With the system property
 * {@code docs.update}, the page is written instead.
 */
final class TypesPageTest {

    private static final Path PAGE = Path.of("../../docs/types.md");

    /** A type as it is written in columns, with a value of it in JSON. */
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("BOOLEAN", "true");
        TYPES.put("TINYINT", "1");
        TYPES.put("SMALLINT", "1");
        TYPES.put("INT", "1");
        TYPES.put("BIGINT", "1");
        TYPES.put("DECIMAL(10, 2)", "12.50");
        TYPES.put("REAL", "0.5");
        TYPES.put("DOUBLE", "0.5");
        TYPES.put("CHAR(3)", "\"abc\"");
        TYPES.put("VARCHAR(20)", "\"text\"");
        TYPES.put("STRING", "\"text\"");
        TYPES.put("BINARY(2)", "\"AQI=\"");
        TYPES.put("BYTES", "\"AQI=\"");
        TYPES.put("DATE", "\"2020-01-31\"");
        TYPES.put("TIME", "\"10:00:00.123\"");
        TYPES.put("TIME(6)", "\"10:00:00.123456\"");
        TYPES.put("TIMESTAMP", "\"2020-01-31T10:00:00.123\"");
        TYPES.put("TIMESTAMP(6)", "\"2020-01-31T10:00:00.123456\"");
        TYPES.put("TIMESTAMP WITH LOCAL TIME ZONE", "\"2020-01-31T10:00:00.123Z\"");
        TYPES.put("TIMESTAMP(6) WITH LOCAL TIME ZONE", "\"2020-01-31T10:00:00.123456Z\"");
        TYPES.put("INTERVAL YEAR TO MONTH", "\"P1Y2M\"");
        TYPES.put("INTERVAL DAY TO SECOND", "\"PT25H1.5S\"");
        TYPES.put("UUID", "\"123e4567-e89b-12d3-a456-426655440000\"");
        TYPES.put("ARRAY<INT>", "[1, null]");
        TYPES.put("MAP<STRING, INT>", "{\"a\": 1}");
        TYPES.put("MAP<DATE, INT>", "{\"2020-01-31\": 1}");
        TYPES.put("ROW(id INT, name STRING)", "{\"id\": 1, \"name\": \"a\"}");
    }

    /** Avro's types, each with what the page calls it. */
    private static final Map<String, String> SCHEMAS = new LinkedHashMap<>();

    static {
        for (String primitive : List.of("boolean", "int", "long", "float", "double", "string", "bytes")) {
            SCHEMAS.put("'" + primitive + "'", "`" + primitive + "`");
        }
        SCHEMAS.put("{'type': 'fixed', 'name': 'f', 'size': 2}", "`fixed`");
        SCHEMAS.put("{'type': 'enum', 'name': 'e', 'symbols': ['A']}", "`enum`");
        logical("bytes", "decimal");
        fixed("decimal", 8);
        logical("int", "date");
        logical("int", "time-millis");
        logical("long", "time-micros");
        for (String unit : List.of("millis", "micros", "nanos")) {
            logical("long", "timestamp-" + unit);
            logical("long", "local-timestamp-" + unit);
        }
        logical("string", "uuid");
        fixed("uuid", 16);
        fixed("duration", 12);
        SCHEMAS.put("{'type': 'array', 'items': 'int'}", "`array`");
        SCHEMAS.put("{'type': 'map', 'values': 'int'}", "`map`");
        SCHEMAS.put(
                "{'type': 'array', 'items': {'type': 'record', 'name': 'e', 'fields': [{'name': 'key', 'type': {'type':"
                        + " 'int', 'logicalType': 'date'}}, {'name': 'value', 'type': 'int'}]}}",
                "`array` of `key` and `value`");
        SCHEMAS.put(
                "{'type': 'record', 'name': 'r', 'fields': [{'name': 'id', 'type': 'int'},"
                        + " {'name': 'name', 'type': 'string'}]}",
                "`record`");
    }

    private static void logical(String type, String logicalType) {
        SCHEMAS.put(
                "{'type': '" + type + "', 'logicalType': '" + logicalType + "', 'precision': 10, 'scale': 2}",
                "`" + logicalType + "` (" + type + ")");
    }

    private static void fixed(String logicalType, int size) {
        SCHEMAS.put(
                "{'type': 'fixed', 'name': 'f', 'size': " + size + ", 'logicalType': '" + logicalType
                        + "', 'precision': 10, 'scale': 2}",
                "`" + logicalType + "` (fixed)");
    }

    @Test
    void shouldSayWhatEveryTypeIsWrittenAsAndReadFrom() throws Exception {
        String page = page();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/types.md; -Ddocs.update writes it")
                .isEqualTo(page);
    }

    private static String page() throws IOException, RowDecodingException {
        StringBuilder page = new StringBuilder(resource("types-before.md"));
        page.append("| type | written to topics as | read from | inside |\n|---|---|---|---|\n");
        for (Map.Entry<String, String> entry : TYPES.entrySet()) {
            RelDataType rowType = columns("c " + entry.getKey() + " NOT NULL");
            Object value = value(rowType, entry.getValue());
            page.append("| `")
                    .append(entry.getKey())
                    .append("` | ")
                    .append(written(
                            AvroSchemas.of(rowType, "t", "").getField("c").schema()))
                    .append(" | ")
                    .append(SCHEMAS.entrySet().stream()
                            .filter(schema -> isReadable(schema.getKey(), rowType))
                            .map(Map.Entry::getValue)
                            .collect(Collectors.joining(", ")))
                    .append(" | ")
                    .append(inside(value))
                    .append(" |\n");
        }
        page.append('\n').append(resource("types-json.md"));
        page.append("| type | JSON | in quarantine and messages |\n|---|---|---|\n");
        for (Map.Entry<String, String> entry : TYPES.entrySet()) {
            RelDataType rowType = columns("c " + entry.getKey() + " NOT NULL");
            String shown = RowJson.write(rowType, Row.of(value(rowType, entry.getValue())));
            page.append("| `")
                    .append(entry.getKey())
                    .append("` | `")
                    .append(entry.getValue())
                    .append("` | `")
                    .append(shown, "{\"c\": ".length(), shown.length() - 1)
                    .append("` |\n");
        }
        return page.append('\n').append(resource("types-after.md")).toString();
    }

    private static Object value(RelDataType rowType, String json) throws RowDecodingException {
        byte[] bytes = ("{\"c\": " + json + "}").getBytes(StandardCharsets.UTF_8);
        return new JsonRows(rowType, column -> true).read(bytes, 0).get(0);
    }

    private static boolean isReadable(String schema, RelDataType rowType) {
        String record = "{'type': 'record', 'name': 'rows', 'fields': [{'name': 'c', 'type': " + schema + "}]}";
        try {
            new RowReader(new Schema.Parser().parse(record.replace('\'', '"')), rowType, column -> true);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String written(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        String type = schema.getType().getName();
        if (logical != null) {
            return "`" + logical.getName() + "` (" + type + ")";
        }
        if (schema.getObjectProp("sqlType") != null) {
            return "`" + type + "` with `sqlType`";
        }
        boolean isEntries = schema.getType() == Schema.Type.ARRAY
                && ValueReader.branches(
                                schema.getElementType().isUnion()
                                        ? schema.getElementType()
                                        : Schema.createUnion(schema.getElementType()))
                        .stream()
                        .anyMatch(element -> element.getType() == Schema.Type.RECORD);
        return "`" + type + "`" + (isEntries ? " of `key` and `value`" : "");
    }

    private static String inside(Object value) {
        return "`"
                + (value instanceof Object[]
                        ? "Object[]"
                        : value instanceof List
                                ? "List"
                                : value instanceof Map
                                        ? "Map"
                                        : value.getClass().getSimpleName())
                + "`";
    }

    private static String resource(String name) throws IOException {
        try (var text = TypesPageTest.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RelDataType columns(String text) {
        List<Problem> problems = new ArrayList<>();
        RelDataType columns = ColumnList.read(new Text(text, List.of(new Location("p.yaml", 1, 1))), problems);
        assertThat(problems).isEmpty();
        return columns;
    }
}
