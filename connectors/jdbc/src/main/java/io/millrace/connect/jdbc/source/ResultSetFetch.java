package io.millrace.connect.jdbc.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.connect.common.BadValueException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Reads rows through a JDBC result set. */
final class ResultSetFetch implements RowFetch {

    private static final JsonFactory JSON = new JsonFactory();

    private final RowReader reader;
    private final RowOrder order;
    private final List<Field> fields;
    private final Cell[] cells;

    /** A fetch of these columns; {@code isStrict} as {@link Cells#of} has it. */
    ResultSetFetch(RowReader reader, RowOrder order, boolean isStrict) {
        this.reader = reader;
        this.order = order;
        this.fields = reader.shape().value().fields();
        this.cells = reader.columns().stream()
                .map(column -> Cells.of(column, isStrict))
                .toArray(Cell[]::new);
    }

    @Override
    public List<FetchedRow> rows(Connection connection, Query query) throws SQLException {
        try (PreparedStatement statement = query.prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            List<FetchedRow> fetched = new ArrayList<>();
            while (rows.next()) {
                fetched.add(row(rows));
            }
            return fetched;
        }
    }

    /** The current row. */
    FetchedRow row(ResultSet rows) throws SQLException {
        List<Object> place = place(rows);
        try {
            Struct value = new Struct(reader.shape().value());
            for (int i = 0; i < cells.length; i++) {
                value.put(fields.get(i), value(rows, i));
            }
            return FetchedRow.good(value, place);
        } catch (BadValueException e) {
            return FetchedRow.bad(e, text(rows), place);
        }
    }

    private @org.jspecify.annotations.Nullable Object value(ResultSet rows, int i)
            throws SQLException, BadValueException {
        ColumnReader column = reader.columns().get(i);
        Object value;
        try {
            value = cells[i].read(rows, i + 1);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw column.misfit(rows.getString(i + 1), e);
        } catch (SQLException e) {
            // The driver could not make the value out of what it got; the connection is fine.
            if (String.valueOf(e.getSQLState()).startsWith("22")) {
                throw column.misfit(rows.getString(i + 1), e);
            }
            throw e;
        }
        if (value == null && !column.column().nullable()) {
            throw column.isNull();
        }
        return value;
    }

    private List<Object> place(ResultSet rows) throws SQLException {
        int count = order.columns().size();
        if (count == 0) {
            return List.of();
        }
        Object[] place = new Object[count];
        for (int i = 0; i < count; i++) {
            place[i] = order.value(i, rows.getString(cells.length + i + 1));
        }
        return Arrays.asList(place);
    }

    private String text(ResultSet rows) throws SQLException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (int i = 0; i < cells.length; i++) {
                json.writeStringField(reader.columns().get(i).column().name(), rows.getString(i + 1));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
