package io.millrace.engine.row;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows from the Avro binary of one writer's schema. Columns are matched by name (exactly first, then without regard
 * to case), a column that the writer does not have is null, fields that nobody asks for are skipped undecoded. Not
 * thread-safe: it reuses its decoder.
 */
public final class RowReader {

    /** One field of the writer's record: where its value goes, or nowhere. */
    private record Field(
            Schema schema, int column, @Nullable ValueReader reader) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<RelDataTypeField> columns;
    private final boolean[] isWanted;
    private @Nullable BinaryDecoder decoder;

    /**
     * @param writer the schema that the bytes were written with, a record
     * @param rowType the columns that are wanted, in their order
     * @param wanted tells of each column whether anyone reads it; the others stay null
     * @throws IllegalArgumentException when a column cannot be made of what the writer has; the message says which and why
     */
    public RowReader(Schema writer, RelDataType rowType, IntPredicate wanted) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException(
                    "The topic holds Avro " + writer.getType().getName() + ", not records");
        }
        this.columns = rowType.getFieldList();
        this.isWanted = new boolean[columns.size()];
        for (int i = 0; i < isWanted.length; i++) {
            isWanted[i] = wanted.test(i);
        }
        for (Schema.Field field : writer.getFields()) {
            int column = columnOf(field, writer, rowType);
            boolean isRead = column >= 0 && isWanted[column];
            fields.add(new Field(field.schema(), column, isRead ? ValueReader.of(field, columns.get(column)) : null));
        }
    }

    private static int columnOf(Schema.Field field, Schema writer, RelDataType rowType) {
        RelDataTypeField exact = rowType.getField(field.name(), true, false);
        if (exact != null) {
            return exact.getIndex();
        }
        RelDataTypeField relaxed = rowType.getField(field.name(), false, false);
        return relaxed == null || writer.getField(relaxed.getName()) != null ? -1 : relaxed.getIndex();
    }

    /**
     * The row in {@code bytes} from {@code offset} on.
     *
     * @throws RowDecodingException when the bytes do not hold such a row
     */
    public @Nullable Object[] read(byte[] bytes, int offset) throws RowDecodingException {
        BinaryDecoder input = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
        decoder = input;
        @Nullable Object[] row = new Object[columns.size()];
        try {
            for (Field field : fields) {
                if (field.reader() == null) {
                    GenericDatumReader.skip(field.schema(), input);
                } else {
                    row[field.column()] = field.reader().read(input);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new RowDecodingException("The bytes do not hold a row of their schema: " + e, e);
        }
        checkNotNull(row);
        return row;
    }

    private void checkNotNull(@Nullable Object[] row) throws RowDecodingException {
        for (int i = 0; i < row.length; i++) {
            if (row[i] == null && isWanted[i] && !columns.get(i).getType().isNullable()) {
                throw new RowDecodingException(
                        "Column '" + columns.get(i).getName() + "' is NOT NULL, but its value is missing or null",
                        null);
            }
        }
    }

    static byte[] toArray(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
