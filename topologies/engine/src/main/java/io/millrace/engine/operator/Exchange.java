package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One input of a repartition topic: changes on their way to the task that has their key.
 *
 * <p>A record's key is the Avro binary of the key columns. Its value is a byte of {@link #BEFORE} and {@link #AFTER}, a byte that says which
 * input it is, the length of the row before (4 bytes, only where there is one), and the rows in Avro binary. A record without a value is the
 * word of a watermark alone and goes to every partition. Headers hold the watermark of who sent it, and where the row was first read.
 *
 * @param name the repartition topic's name in the topology
 * @param input which of the inputs of the section behind it this is
 * @param rowType the rows
 * @param keyColumns the columns that they are partitioned by
 * @param keyType these columns alone
 */
public record Exchange(String name, int input, RelDataType rowType, List<Integer> keyColumns, RelDataType keyType) {

    static final int BEFORE = 1;
    static final int AFTER = 2;
    private static final byte[] NO_PREFIX = {};
    /** Of the word of a watermark alone; Streams drops what has no key before a repartition. */
    private static final byte[] NO_KEY = {};

    public Exchange {
        keyColumns = List.copyOf(keyColumns);
    }

    /** Writes changes to it. One that changes a row's key goes two ways: away from the one, to the other. */
    public OperatorFactory writer(Failures failures) {
        return context -> new Writer(this, failures, context);
    }

    private static final class Writer implements Operator {

        private final Exchange exchange;
        private final Failures failures;
        private final OperatorContext context;
        private final RowWriter keys;
        private final RowWriter rows;
        private long watermarkMs = Long.MIN_VALUE;
        private long announcedMs = Long.MIN_VALUE;
        private boolean wasIdle;
        private final long sender;

        Writer(Exchange exchange, Failures failures, OperatorContext context) {
            this.exchange = exchange;
            this.failures = failures;
            this.context = context;
            this.keys = new RowWriter(exchange.keyType());
            this.rows = new RowWriter(exchange.rowType());
            this.sender = context.sender(exchange.name(), exchange.input());
            context.onTick(this::tick);
        }

        @Override
        public void process(Change change) {
            byte[] before = null;
            byte[] beforeKey = null;
            if (change.before() != null) {
                try {
                    beforeKey = key(change.before());
                    before = rows.write(NO_PREFIX, change.before());
                } catch (IllegalArgumentException e) {
                    before = null; // It never came through here.
                }
            }
            byte[] after = null;
            byte[] afterKey = null;
            if (change.after() != null) {
                try {
                    afterKey = key(change.after());
                    after = rows.write(NO_PREFIX, change.after());
                } catch (IllegalArgumentException e) {
                    failures.expression(context, change, e, exchange.rowType(), change.after());
                    after = null;
                }
            }
            if (before != null && after != null && Arrays.equals(beforeKey, afterKey)) {
                emit(change, afterKey, before, after);
                return;
            }
            if (before != null) {
                emit(change, beforeKey, before, null);
            }
            if (after != null) {
                emit(change, afterKey, null, after);
            }
        }

        private byte[] key(Row row) {
            return keys.write(NO_PREFIX, row.pick(exchange.keyColumns()));
        }

        private void emit(Change change, byte @Nullable [] key, byte @Nullable [] before, byte @Nullable [] after) {
            int length = 2 + (before == null ? 0 : Integer.BYTES + before.length) + (after == null ? 0 : after.length);
            ByteBuffer value = ByteBuffer.allocate(length)
                    .put((byte) ((before == null ? 0 : BEFORE) | (after == null ? 0 : AFTER)))
                    .put((byte) exchange.input());
            if (before != null) {
                value.putInt(before.length).put(before);
            }
            if (after != null) {
                value.put(after);
            }
            Headers headers = Origin.headers(change.source());
            progress(false).addTo(headers);
            context.emit(exchange.name(), key, value.array(), change.timestampMs(), headers);
        }

        private Progress.Word progress(boolean isIdle) {
            return new Progress.Word(exchange.input(), sender, watermarkMs, isIdle, 0);
        }

        /** Rows take the watermark along; alone it goes only where no more rows would. */
        @Override
        public void advance(long newWatermarkMs) {
            watermarkMs = newWatermarkMs;
        }

        @Override
        public void end() {
            announce(new Progress.Word(exchange.input(), sender, watermarkMs, wasIdle, context.runMark()));
        }

        /** Partitions that get no rows must hear of the time too, and of a task that waits for nothing. */
        private void tick(boolean isIdle) {
            if (isIdle != wasIdle || (!isIdle && watermarkMs > announcedMs)) {
                wasIdle = isIdle;
                announcedMs = watermarkMs;
                announce(progress(isIdle));
            }
        }

        private void announce(Progress.Word word) {
            Headers headers = new RecordHeaders();
            word.addTo(headers);
            context.emit(
                    exchange.name(), NO_KEY, null, Math.max(0, context.current().timestampMs()), headers);
        }
    }
}
