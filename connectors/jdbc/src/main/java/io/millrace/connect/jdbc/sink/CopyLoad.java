package io.millrace.connect.jdbc.sink;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows by PostgreSQL's COPY: into their table, or into a temporary one, from which statements bring them there as a set.
 */
final class CopyLoad implements RowLoad {

    /** Enough that a call costs nothing, little enough that the database begins while the rest is being written. */
    private static final int CHUNK_BYTES = 1 << 16;

    private final String copy;
    private final List<RecordField> fields;
    private final CopyCell[] cells;
    private final @Nullable CopyStage stage;
    private final CopyRows out = new CopyRows();

    CopyLoad(String copy, List<RecordField> fields, List<CopyColumn> columns, @Nullable CopyStage stage) {
        this.copy = copy;
        this.fields = fields;
        this.cells = columns.stream().map(CopyColumn::cell).toArray(CopyCell[]::new);
        this.stage = stage;
    }

    @Override
    public void load(Transaction transaction, List<RowWrite> rows) throws SQLException {
        if (stage != null) {
            stage.empty(transaction);
        }
        CopyIn target =
                transaction.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            write(rows, target);
            target.endCopy();
        } finally {
            if (target.isActive()) {
                target.cancelCopy();
            }
        }
        if (stage != null) {
            stage.merge(transaction);
        }
    }

    private void write(List<RowWrite> rows, CopyIn target) throws SQLException {
        out.clear();
        out.begin();
        for (RowWrite row : rows) {
            write(row);
            if (out.length() >= CHUNK_BYTES) {
                target.writeToCopy(out.bytes(), 0, out.length());
                out.clear();
            }
        }
        out.end();
        target.writeToCopy(out.bytes(), 0, out.length());
    }

    private void write(RowWrite row) throws SQLException {
        out.row(cells.length);
        for (int i = 0; i < cells.length; i++) {
            Object value = row.value(fields.get(i));
            if (value == null) {
                out.nothing();
            } else {
                cells[i].write(value, out);
            }
        }
    }
}
