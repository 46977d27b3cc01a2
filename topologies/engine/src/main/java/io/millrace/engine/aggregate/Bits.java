package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.Arrays;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * BIT_AND, BIT_OR and BIT_XOR: of each bit, how many values have it, so that a value can be taken away again. Binary values
 * are as long as their type says, with zeros behind what is shorter.
 */
final class Bits implements FunctionState {

    enum Operation {
        AND,
        OR,
        XOR
    }

    private final int column;
    private final RelDataType type;
    private final Operation operation;
    private long count;
    private final long[] ones;

    Bits(int column, RelDataType type, Operation operation) {
        this.column = column;
        this.type = type;
        this.operation = operation;
        this.ones = new long[isBinary() ? 8 * type.getPrecision() : 64];
    }

    private boolean isBinary() {
        return type.getSqlTypeName() == SqlTypeName.BINARY;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        count += delta;
        Object value = Objects.requireNonNull(row.get(column));
        if (value instanceof ByteString binary) {
            for (int i = 0; i < Math.min(ones.length, 8 * binary.length()); i++) {
                ones[i] += (long) delta * ((binary.byteAt(i / 8) >> (7 - i % 8)) & 1);
            }
        } else {
            long number = ((Number) value).longValue();
            for (int i = 0; i < ones.length; i++) {
                ones[i] += delta * ((number >> (63 - i)) & 1);
            }
        }
    }

    @Override
    public @Nullable Object result(Bag bag) {
        if (count == 0) {
            return null;
        }
        byte[] bytes = new byte[ones.length / 8];
        for (int i = 0; i < ones.length; i++) {
            if (isSet(ones[i])) {
                bytes[i / 8] |= (byte) (0x80 >> (i % 8));
            }
        }
        return isBinary() ? new ByteString(bytes) : whole(new BytesReader(bytes).readBigEndian(8));
    }

    private boolean isSet(long having) {
        return switch (operation) {
            case AND -> having == count;
            case OR -> having > 0;
            case XOR -> having % 2 != 0;
        };
    }

    private Object whole(long value) {
        return switch (type.getSqlTypeName()) {
            case TINYINT -> (byte) value;
            case SMALLINT -> (short) value;
            case INTEGER -> (int) value;
            default -> value;
        };
    }

    @Override
    public void write(BytesWriter out) {
        out.writeVarint(count);
        Arrays.stream(ones).forEach(out::writeVarint);
    }

    @Override
    public void read(BytesReader in) {
        count = in.readVarint();
        Arrays.setAll(ones, i -> in.readVarint());
    }
}
