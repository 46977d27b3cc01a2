package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Some columns of a row as one key of {@link OrderedBytes}. Immutable, shared between tasks. */
public final class OrderedKey {

    /**
     * A column of the key.
     *
     * @param index its position in the row
     * @param isDescending whether greater values come first
     * @param isNullsFirst whether null comes before all values
     */
    public record Column(int index, RelDataType type, boolean isDescending, boolean isNullsFirst) {

        /** Smallest first, null last. */
        public static Column ascending(int index, RelDataType type) {
            return new Column(index, type, false, false);
        }
    }

    private final List<Column> columns;
    private final OrderedCodec[] codecs;

    /** @throws UnsupportedOperationException when the type of a column has no order */
    public OrderedKey(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.codecs =
                columns.stream().map(column -> OrderedCodec.of(column.type())).toArray(OrderedCodec[]::new);
    }

    /** The key of a row: keys order as the rows do by the columns, the first before the second. */
    public byte[] write(Row row) {
        BytesWriter out = new BytesWriter();
        for (int i = 0; i < codecs.length; i++) {
            Column column = columns.get(i);
            OrderedBytes.write(out, codecs[i], row.get(column.index()), column.isDescending(), column.isNullsFirst());
        }
        return out.toBytes();
    }

    /** The values in a key, in the order of the columns. */
    public @Nullable Object[] read(byte[] key) {
        BytesReader in = new BytesReader(key);
        @Nullable Object[] values = new Object[codecs.length];
        for (int i = 0; i < codecs.length; i++) {
            values[i] = OrderedBytes.read(in, codecs[i], columns.get(i).isDescending());
        }
        return values;
    }

    /** The value of the last column of a key, which decides among rows that are the same by the others. */
    @Nullable
    Object readLast(byte[] key) {
        return read(key)[codecs.length - 1];
    }
}
