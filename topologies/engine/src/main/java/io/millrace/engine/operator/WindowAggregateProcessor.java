package io.millrace.engine.operator;

import io.millrace.engine.row.AvroSchemas;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.RowWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds each row to its group and sends the group's new result on. A window is closed, and its groups are forgotten, once event
 * time has passed its end by the relation's delay; a row that comes later goes to quarantine.
 *
 * <p>The store holds {@code window start (8 bytes) + group key -> state}, so that closed windows are one range at its beginning, and, under
 * a key of one byte that sorts behind every window, how far event time has come: a restart must not open closed windows again.
 */
public final class WindowAggregateProcessor implements Processor<byte[], byte[], byte[], Emission> {

    private static final Bytes EVENT_TIME = Bytes.wrap(new byte[] {(byte) 0xff});
    private static final byte[] NO_PREFIX = {};

    private final WindowAggregate aggregate;
    private final Quarantine quarantine;
    private final OperatorFactory chainFactory;
    private final RowReader rows;
    private final RowReader states;
    private final RowWriter stateWriter;
    private @Nullable ProcessorContext<byte[], Emission> streams;
    private @Nullable OperatorContext context;
    private @Nullable Operator chain;
    private @Nullable KeyValueStore<Bytes, byte[]> store;
    private long eventTimeMs;
    private long nextExpiryMs;

    private WindowAggregateProcessor(WindowAggregate aggregate, Quarantine quarantine, OperatorFactory chain) {
        this.aggregate = aggregate;
        this.quarantine = quarantine;
        this.chainFactory = chain;
        this.rows = new RowReader(
                AvroSchemas.of(aggregate.inputType(), aggregate.relation(), ""), aggregate.inputType(), column -> true);
        this.states = new RowReader(
                AvroSchemas.of(aggregate.stateType(), aggregate.relation(), ""), aggregate.stateType(), column -> true);
        this.stateWriter = new RowWriter(aggregate.stateType());
    }

    /** A supplier of processors for {@code aggregate}, whose results go through {@code chain}. */
    public static ProcessorSupplier<byte[], byte[], byte[], Emission> supplier(
            WindowAggregate aggregate, Quarantine quarantine, OperatorFactory chain) {
        return () -> new WindowAggregateProcessor(aggregate, quarantine, chain);
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> streamsContext) {
        streams = streamsContext;
        context = new OperatorContext(streamsContext);
        chain = chainFactory.create(context);
        store = streamsContext.getStateStore(aggregate.storeName());
        byte[] time = store.get(EVENT_TIME);
        eventTimeMs = time == null ? -1 : ByteBuffer.wrap(time).getLong();
        nextExpiryMs = eventTimeMs;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (streams == null || context == null || chain == null || store == null) {
            throw new IllegalStateException("The processor is not initialised");
        }
        context.beginRow();
        SourceRow source = Origin.restore(RowProcessor.sourceRow(streams, record));
        @Nullable Object[] row = decode(rows, record.value());
        Object window = row[aggregate.windowColumn()];
        if (window == null) {
            throw new IllegalStateException("A row of " + aggregate.relation() + " has no window");
        }
        long windowStartMs = (Long) window - (aggregate.isWindowEnd() ? aggregate.sizeMs() : 0);
        advance(store, record.timestamp());
        if (closesAtMs(windowStartMs) <= eventTimeMs) {
            Quarantine.Reason late = new Quarantine.Reason(
                    Quarantine.Stage.LATE,
                    null,
                    "The row came " + (eventTimeMs - closesAtMs(windowStartMs)) + " ms after its window had closed",
                    null);
            quarantine.add(context, aggregate.relation(), source, late, aggregate.inputType(), row);
            return;
        }
        add(context, chain, store, new Group(source, record, windowStartMs, row));
    }

    /** A row with the group that it belongs to. */
    private record Group(
            SourceRow source,
            Record<byte[], byte[]> record,
            long windowStartMs,
            @Nullable Object[] row) {

        Bytes storeKey() {
            byte[] key = record.key();
            return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + key.length)
                    .putLong(windowStartMs)
                    .put(key)
                    .array());
        }
    }

    private void add(OperatorContext context, Operator chain, KeyValueStore<Bytes, byte[]> store, Group group) {
        Bytes key = group.storeKey();
        byte[] stored = store.get(key);
        int timeSlot = aggregate.stateType().getFieldCount() - 1;
        @Nullable Object[] state;
        if (stored == null) {
            state = new Object[timeSlot + 1];
            state[timeSlot] = group.record().timestamp();
        } else {
            state = decode(states, stored);
        }
        @Nullable Object[] result;
        try {
            for (WindowAggregate.Function function : aggregate.functions()) {
                function.add(state, group.row());
            }
            result = result(group.row(), state);
        } catch (ArithmeticException | ClassCastException e) {
            quarantine.add(
                    context,
                    aggregate.relation(),
                    group.source(),
                    Quarantine.Reason.expression(e),
                    aggregate.inputType(),
                    group.row());
            return;
        }
        long timestampMs = Math.max(
                (Long) Objects.requireNonNull(state[timeSlot]), group.record().timestamp());
        state[timeSlot] = timestampMs;
        store.put(key, stateWriter.write(NO_PREFIX, state));
        chain.process(group.source(), timestampMs, result);
    }

    private @Nullable Object[] result(@Nullable Object[] row, @Nullable Object[] state) {
        List<Integer> groupColumns = aggregate.groupColumns();
        List<WindowAggregate.Function> functions = aggregate.functions();
        @Nullable Object[] result = new Object[groupColumns.size() + functions.size()];
        for (int i = 0; i < groupColumns.size(); i++) {
            result[i] = row[groupColumns.get(i)];
        }
        for (int i = 0; i < functions.size(); i++) {
            result[groupColumns.size() + i] = functions.get(i).result(state);
        }
        return result;
    }

    private long closesAtMs(long windowStartMs) {
        return windowStartMs + aggregate.sizeMs() + aggregate.delayMs();
    }

    private void advance(KeyValueStore<Bytes, byte[]> store, long timestampMs) {
        if (timestampMs <= eventTimeMs) {
            return;
        }
        eventTimeMs = timestampMs;
        store.put(
                EVENT_TIME, ByteBuffer.allocate(Long.BYTES).putLong(timestampMs).array());
        if (eventTimeMs >= nextExpiryMs) {
            expire(store);
            nextExpiryMs = eventTimeMs + Math.max(1, aggregate.sizeMs() / 2);
        }
    }

    private void expire(KeyValueStore<Bytes, byte[]> store) {
        long lastClosedStartMs = eventTimeMs - aggregate.delayMs() - aggregate.sizeMs();
        if (lastClosedStartMs < 0) {
            return;
        }
        byte[] from = new byte[Long.BYTES];
        // The first key of the next window that is still open; the range ends before it.
        byte[] to =
                ByteBuffer.allocate(Long.BYTES).putLong(lastClosedStartMs + 1).array();
        try (KeyValueIterator<Bytes, byte[]> closed = store.range(Bytes.wrap(from), Bytes.wrap(to))) {
            while (closed.hasNext()) {
                KeyValue<Bytes, byte[]> entry = closed.next();
                if (!Arrays.equals(entry.key.get(), to)) {
                    store.delete(entry.key);
                }
            }
        }
    }

    private static @Nullable Object[] decode(RowReader reader, byte[] bytes) {
        try {
            return reader.read(bytes, 0);
        } catch (RowDecodingException e) {
            throw new IllegalStateException("A row that this topology wrote cannot be read", e);
        }
    }
}
