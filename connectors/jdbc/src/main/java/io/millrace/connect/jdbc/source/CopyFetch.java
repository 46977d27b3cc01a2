package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads rows from PostgreSQL by {@code COPY (query) TO STDOUT} in its binary format, section "Binary Format" of the manual's page on
 * COPY. When a page has a row that does not fit, it is read once more through a result set, which can show that row.
 */
final class CopyFetch implements RowFetch {

    /** The signature, the flags and the length of the header's extension. */
    private static final int HEADER = 19;

    private static final int EXTENSION = 15;

    private final Dialect dialect;
    private final RowReader reader;
    private final RowFetch otherwise;
    private final List<Field> fields;
    private final BinaryCell[] cells;
    private final BinaryCell[] placeCells;

    CopyFetch(Dialect dialect, RowReader reader, RowOrder order, RowFetch otherwise) {
        this.dialect = dialect;
        this.reader = reader;
        this.otherwise = otherwise;
        this.fields = reader.shape().value().fields();
        this.cells = reader.columns().stream().map(BinaryCells::of).toArray(BinaryCell[]::new);
        this.placeCells = order.families().stream().map(BinaryCells::ofPlace).toArray(BinaryCell[]::new);
    }

    @Override
    public List<FetchedRow> rows(Connection connection, Query query) throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (" + query.inlined(dialect) + ") TO STDOUT (FORMAT binary)");
        List<FetchedRow> fetched = new ArrayList<>();
        boolean isGood = true;
        boolean isFirst = true;
        byte[] row = copy.readFromCopy();
        while (row != null) {
            int at = isFirst ? HEADER + BinaryCells.intAt(row, EXTENSION) : 0;
            isFirst = false;
            // All rows have to be taken off the connection, even when they will be read again.
            if (isGood && at < row.length && BinaryCells.shortAt(row, at) >= 0) {
                FetchedRow one = row(row, at + 2);
                isGood = one != null;
                fetched.add(one);
            }
            row = copy.readFromCopy();
        }
        return isGood ? fetched : otherwise.rows(connection, query);
    }

    /** One row; null when it does not fit. */
    private @Nullable FetchedRow row(byte[] row, int start) {
        int at = start;
        Struct value = new Struct(reader.shape().value());
        try {
            for (int i = 0; i < cells.length; i++) {
                int length = BinaryCells.intAt(row, at);
                at += 4;
                if (length < 0) {
                    if (!reader.columns().get(i).column().nullable()) {
                        return null;
                    }
                } else {
                    value.put(fields.get(i), cells[i].read(row, at, length));
                    at += length;
                }
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            return null;
        }
        Object[] place = new Object[placeCells.length];
        for (int i = 0; i < place.length; i++) {
            int length = BinaryCells.intAt(row, at);
            at += 4;
            place[i] = placeCells[i].read(row, at, length);
            at += length;
        }
        return FetchedRow.good(value, Arrays.asList(place));
    }
}
