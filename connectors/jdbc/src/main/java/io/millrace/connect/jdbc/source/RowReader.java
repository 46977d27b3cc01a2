package io.millrace.connect.jdbc.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.connect.common.BadValueException;
import io.millrace.connect.common.RowShape;
import io.millrace.connect.jdbc.database.Dialect;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes rows of a result set's rows. Its columns are the first of a query's.
 *
 * @param shape the rows' schemas
 * @param columns how to read each of the shape's columns
 */
record RowReader(RowShape shape, List<ColumnReader> columns) {

    private static final JsonFactory JSON = new JsonFactory();

    RowReader {
        columns = List.copyOf(columns);
    }

    /** What a query has to select. */
    List<String> expressions(Dialect dialect) {
        return columns.stream().map(column -> column.expression(dialect)).toList();
    }

    /**
     * The current row.
     *
     * @param offset the source offset behind it
     * @param key what finds it in the table
     */
    ReadRow read(ResultSet rows, Map<String, Object> offset, String key) throws SQLException {
        Struct value = new Struct(shape.value());
        try {
            for (int i = 0; i < columns.size(); i++) {
                value.put(shape.columns().get(i).name(), columns.get(i).read(rows, i + 1));
            }
            return new ReadRow.Good(value, offset);
        } catch (BadValueException e) {
            return new ReadRow.Bad(e, text(rows), key, offset);
        }
    }

    private String text(ResultSet rows) throws SQLException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                json.writeStringField(columns.get(i).column().name(), rows.getString(i + 1));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
