package io.millrace.engine.stateful;

import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.physical.Closing;
import io.millrace.engine.row.Row;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Up to when windows are closed: as far as event time has come, which the section keeps. What the end of a run closes before that is kept
 * beside what the windows held, so that the next run does not open them again.
 */
final class Closed {

    /** Sorts behind every key that begins with a time. */
    static final Bytes KEY = Bytes.wrap(new byte[] {(byte) 0xff});

    private final @Nullable Closing closing;
    private final KeyValueStore<Bytes, byte[]> store;
    private long upToMs;

    Closed(@Nullable Closing closing, OperatorContext context, String storeName) {
        this.closing = closing;
        this.store = context.store(storeName);
        byte[] written = closing == null ? null : store.get(KEY);
        this.upToMs =
                written == null ? Long.MIN_VALUE : ByteBuffer.wrap(written).getLong();
    }

    /** Takes a watermark; true when windows close that were open. */
    boolean advance(long watermarkMs) {
        return closing != null && reach(closing.reachedMs(watermarkMs));
    }

    /** Closes the windows that hold anything, and those before them; later ones may open in another run. True when there are any. */
    boolean end() {
        if (closing == null || !reach(lastMs())) {
            return false;
        }
        store.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(upToMs).array());
        return true;
    }

    private boolean reach(long reachedMs) {
        if (reachedMs <= upToMs || reachedMs < 0) {
            return false;
        }
        upToMs = reachedMs;
        return true;
    }

    /** When the last window closes that holds something. */
    private long lastMs() {
        try (KeyValueIterator<Bytes, byte[]> last = store.reverseRange(null, StoreKeys.LAST)) {
            return last.hasNext() ? ByteBuffer.wrap(last.next().key.get()).getLong() : Long.MIN_VALUE;
        }
    }

    /** The event time up to which windows are closed, milliseconds. */
    long upToMs() {
        return upToMs;
    }

    /** When a row's window closes; for all time when it never does. */
    long atMs(Row row) {
        return closing == null ? 0 : closing.atMs(row);
    }

    boolean isLate(Row row) {
        return closing != null && closing.atMs(row) <= upToMs;
    }

    String lateness(Row row) {
        return "The row came " + (upToMs - atMs(row)) + " ms after its window had closed";
    }

    /** The first key of what is not closed yet. */
    Bytes firstOpen() {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(upToMs + 1).array());
    }
}
