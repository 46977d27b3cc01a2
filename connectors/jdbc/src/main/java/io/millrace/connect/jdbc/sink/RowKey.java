package io.millrace.connect.jdbc.sink;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row's primary key. Their order is not the database's, but the same in every task, so that two tasks that write the
 * same rows never wait for each other in a circle.
 */
final class RowKey implements Comparable<RowKey> {

    private final Object[] values;

    private RowKey(Object[] values) {
        this.values = values;
    }

    /** The key of a record's row; null when these are no fields. */
    static @Nullable RowKey of(SinkRecord record, List<RecordField> fields) throws BadRecordException {
        if (fields.isEmpty()) {
            return null;
        }
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = fields.get(i).of(record);
            if (value == null) {
                throw new BadRecordException(
                        "field '" + fields.get(i).name() + "' is null, but part of the primary key");
            }
            values[i] = value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
        }
        return new RowKey(values);
    }

    @Override
    public int compareTo(RowKey other) {
        for (int i = 0; i < values.length && i < other.values.length; i++) {
            int order = compare(values[i], other.values[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(values.length, other.values.length);
    }

    /** Fields whose type changed in between are ordered by their types. */
    private static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left.getClass() == right.getClass() && left instanceof Comparable<?> comparable) {
            return compareSame(comparable, right);
        }
        int byType = left.getClass().getName().compareTo(right.getClass().getName());
        return byType != 0 ? byType : left.toString().compareTo(right.toString());
    }

    @SuppressWarnings("unchecked")
    private static <T> int compareSame(Comparable<T> left, Object right) {
        return left.compareTo((T) right);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey key && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
