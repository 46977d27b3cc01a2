package io.millrace.engine.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * Writes rows as the Avro binary of {@link AvroSchemas#of}, after an optional prefix (the wire format's header). Not
 * thread-safe: it reuses its buffer.
 */
public final class RowWriter {

    private final ValueWriter[] writers;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(256);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);

    /**
     * @throws IllegalArgumentException when a column's type has no Avro form; the message names the column
     */
    public RowWriter(RelDataType rowType) {
        this.writers = rowType.getFieldList().stream().map(RowWriter::writerOf).toArray(ValueWriter[]::new);
    }

    private static ValueWriter writerOf(RelDataTypeField column) {
        return ValueWriter.of(column.getType(), ColumnPath.of(column.getName()));
    }

    /**
     * The bytes of a row.
     *
     * @param prefix written first, as it is; may be empty
     * @throws IllegalArgumentException when a value does not fit its column: a null in a NOT NULL one, a decimal with more digits
     */
    public byte[] write(byte[] prefix, Row row) {
        buffer.reset();
        buffer.writeBytes(prefix);
        boolean isWhole = false;
        try {
            for (int i = 0; i < writers.length; i++) {
                writers[i].write(encoder, row.get(i));
            }
            encoder.flush();
            isWhole = true;
            return buffer.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnfitValueException | ArithmeticException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            if (!isWhole) {
                discard();
            }
        }
    }

    /** Empties the encoder's own buffer, so that half a row does not begin the next one. */
    private void discard() {
        try {
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
