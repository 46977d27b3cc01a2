package io.millrace.engine.stateful;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.RowWriter;
import io.millrace.engine.row.StoredRows;
import io.millrace.engine.sql.SqlDialect;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** Rows of one type as the bytes that stores hold. One for each task. */
final class RowCodec {

    private static final byte[] NO_PREFIX = {};

    private final RowWriter writer;
    private final RowReader reader;

    RowCodec(RelDataType rowType) {
        this.writer = new RowWriter(rowType);
        this.reader = StoredRows.reader(rowType);
    }

    /** A codec of some columns of a row, each of which may be null: equal values have equal bytes. */
    static RowCodec ofKey(RelDataType rowType, List<Integer> columns) {
        RelDataTypeFactory.Builder key = SqlDialect.types().builder();
        for (int i = 0; i < columns.size(); i++) {
            key.add(
                    "k" + i,
                    SqlDialect.types()
                            .createTypeWithNullability(
                                    rowType.getFieldList().get(columns.get(i)).getType(), true));
        }
        return new RowCodec(key.build());
    }

    /**
     * The bytes of a row.
     *
     * @throws IllegalArgumentException when a value does not fit its column
     */
    byte[] write(Row row) {
        return writer.write(NO_PREFIX, row);
    }

    /** The bytes of the key columns of a row. */
    byte[] writeKey(Row row, List<Integer> columns) {
        return writer.write(NO_PREFIX, KeyValues.pick(row, columns));
    }

    Row read(byte[] bytes) {
        return read(bytes, 0);
    }

    Row read(byte[] bytes, int offset) {
        try {
            return reader.read(bytes, offset);
        } catch (RowDecodingException e) {
            throw new IllegalStateException("A row that this topology wrote cannot be read", e);
        }
    }
}
