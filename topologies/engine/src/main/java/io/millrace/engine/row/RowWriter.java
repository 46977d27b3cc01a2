package io.millrace.engine.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as the Avro binary of {@link AvroSchemas#of}, after an optional prefix (the wire format's header). Not
 * thread-safe: it reuses its buffer.
 */
public final class RowWriter {

    private final List<RelDataTypeField> columns;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(256);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(buffer, null);

    public RowWriter(RelDataType rowType) {
        this.columns = rowType.getFieldList();
    }

    /**
     * The bytes of a row.
     *
     * @param prefix written first, as it is; may be empty
     * @throws IllegalArgumentException when a value does not fit its column: a null in a NOT NULL one, a decimal with more digits
     */
    public byte[] write(byte[] prefix, @Nullable Object[] row) {
        buffer.reset();
        buffer.writeBytes(prefix);
        try {
            for (int i = 0; i < columns.size(); i++) {
                writeColumn(columns.get(i), row[i]);
            }
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    private void writeColumn(RelDataTypeField column, @Nullable Object value) throws IOException {
        boolean isNullable = column.getType().isNullable();
        if (value == null) {
            if (!isNullable) {
                discard();
                throw new IllegalArgumentException(
                        "Column '" + column.getName() + "' is NOT NULL, but its value is null");
            }
            encoder.writeIndex(0);
            return;
        }
        if (isNullable) {
            encoder.writeIndex(1);
        }
        writeValue(column, value);
    }

    private void writeValue(RelDataTypeField column, Object value) throws IOException {
        switch (column.getType().getSqlTypeName()) {
            case BOOLEAN -> encoder.writeBoolean((Boolean) value);
            case TINYINT, SMALLINT, INTEGER, DATE, TIME -> encoder.writeInt(((Number) value).intValue());
            case BIGINT, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> encoder.writeLong(((Number) value).longValue());
            case REAL -> encoder.writeFloat(((Number) value).floatValue());
            case FLOAT, DOUBLE -> encoder.writeDouble(((Number) value).doubleValue());
            case CHAR, VARCHAR -> encoder.writeString(value.toString());
            case BINARY, VARBINARY -> encoder.writeBytes(((ByteString) value).getBytes());
            case DECIMAL ->
                encoder.writeBytes(unscaled(column, (BigDecimal) value).toByteArray());
            default -> throw new IllegalStateException("No Avro form for " + column);
        }
    }

    private BigInteger unscaled(RelDataTypeField column, BigDecimal value) throws IOException {
        BigDecimal scaled = value.setScale(column.getType().getScale(), RoundingMode.HALF_UP);
        if (scaled.precision() > column.getType().getPrecision()) {
            discard();
            throw new IllegalArgumentException("Column '" + column.getName() + "' holds "
                    + column.getType().getPrecision() + " digits, but its value has " + scaled.precision());
        }
        return scaled.unscaledValue();
    }

    /** Empties the encoder's own buffer, so that half a row does not begin the next one. */
    private void discard() throws IOException {
        encoder.flush();
    }
}
