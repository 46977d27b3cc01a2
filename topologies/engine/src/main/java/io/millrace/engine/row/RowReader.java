package io.millrace.engine.row;

import java.io.IOException;
import java.util.function.IntPredicate;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows from the Avro binary of one writer's schema. Columns are matched by name (exactly first, then without regard
 * to case), a column that the writer does not have is null, fields that nobody asks for are skipped undecoded. A value that
 * does not fit its column is an error of its row: nothing is rounded or cut. Not thread-safe: it reuses its decoder.
 */
public final class RowReader {

    private final RecordReader rows;
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
        this.rows = RecordReader.root(writer, rowType.getFieldList(), wanted);
    }

    /**
     * The row in {@code bytes} from {@code offset} on.
     *
     * @throws RowDecodingException when the bytes do not hold such a row
     */
    public Row read(byte[] bytes, int offset) throws RowDecodingException {
        BinaryDecoder input = DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, decoder);
        decoder = input;
        try {
            return Row.of(rows.read(input));
        } catch (UnfitValueException e) {
            throw new RowDecodingException(String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new RowDecodingException("The bytes do not hold a row of their schema: " + e, e);
        }
    }
}
