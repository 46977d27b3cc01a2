package io.millrace.engine.stateful;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.physical.Node;
import io.millrace.engine.row.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Functions over the rows around a row. A row waits until event time has passed it, so that all before it are known; then it goes on, in the
 * order of time and, of one time, of its content. LEAD waits for as many rows more.
 *
 * <p>The store holds rows that wait under {@code 0 + time (8 bytes) + partition + row}, rows that are looked back at, or whose LEAD waits, under
 * {@code 1 + partition + time (8 bytes) + row -> count + whether it has gone on}, and the running states of a partition under
 * {@code 2 + partition -> rows (8 bytes) + states}. Under {@code 3} stands up to when the end of a run has let rows go on that event time had not
 * passed (8 bytes).
 */
public final class OverOperator implements Operator {

    private static final byte[] WAITING = {0};
    private static final byte[] KNOWN = {1};
    private static final byte[] RUNNING = {2};
    private static final byte[] ENDED = {3};

    private final Node.Over over;
    private final OverValues values;
    private final Failures failures;
    private final OperatorContext context;
    private final Operator downstream;
    private final RowCodec keys;
    private final RowCodec rows;
    private final KeyValueStore<Bytes, byte[]> store;
    private final RowBag bag;
    private long watermarkMs = Long.MIN_VALUE;
    /** Before this rows have gone on though event time had not passed them, since a run ended. */
    private long endedMs;

    private OverOperator(
            Node.Over over, List<Aggregates> aggregates, Failures failures, OperatorContext context, Operator next) {
        this.over = over;
        this.values = new OverValues(over, aggregates);
        this.failures = failures;
        this.context = context;
        this.downstream = next;
        this.keys = RowCodec.ofKey(over.input().rowType(), over.partition());
        this.rows = new RowCodec(over.input().rowType());
        this.store = context.store(over.name());
        this.bag = new RowBag(store);
        byte[] ended = store.get(Bytes.wrap(ENDED));
        this.endedMs = ended == null ? Long.MIN_VALUE : ByteBuffer.wrap(ended).getLong();
    }

    /** @param aggregates for each function, its aggregate alone; empty ones for LAG, LEAD and ROW_NUMBER */
    public static OperatorFactory of(
            Node.Over over, List<Aggregates> aggregates, Failures failures, OperatorFactory next) {
        return context -> new OverOperator(over, aggregates, failures, context, next.create(context));
    }

    @Override
    public void process(Change change) {
        Row row = change.row();
        Long time = (Long) row.get(over.timeColumn());
        if (time == null || time < 0) {
            failures.expression(
                    context,
                    change,
                    new IllegalArgumentException("The time of ORDER BY is null"),
                    over.input().rowType(),
                    row);
            return;
        }
        if (isPast(time)) {
            failures.late(
                    context,
                    change,
                    "The row came after rows behind it had gone on",
                    over.input().rowType(),
                    row);
            return;
        }
        byte[] partition = StoreKeys.delimited(keys.writeKey(row, over.partition()));
        byte[] written;
        try {
            written = rows.write(row);
        } catch (IllegalArgumentException e) {
            failures.expression(context, change, e, over.input().rowType(), row);
            return;
        }
        RowBag.Entry entry = bag.get(StoreKeys.concat(WAITING, StoreKeys.of(time, partition)), written);
        bag.put(entry, entry.count() + 1, 0);
    }

    private boolean isPast(long time) {
        return time / over.tick() < Math.max(watermarkMs, endedMs);
    }

    @Override
    public void advance(long newMs) {
        if (newMs > watermarkMs) {
            watermarkMs = newMs;
            release(false);
        }
        downstream.advance(newMs);
    }

    @Override
    public void end() {
        release(true);
        downstream.end();
    }

    /** Takes the rows that event time has passed, partition by partition, in their order. */
    private void release(boolean isEnd) {
        Map<Bytes, List<KeyValue<Bytes, byte[]>>> released = new LinkedHashMap<>();
        byte[] open = isEnd
                ? KNOWN
                : StoreKeys.concat(
                        WAITING,
                        ByteBuffer.allocate(Long.BYTES)
                                .putLong(Math.max(0, watermarkMs * over.tick()))
                                .array());
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Bytes.wrap(WAITING), Bytes.wrap(open))) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                if (entry.key.compareTo(Bytes.wrap(open)) >= 0) {
                    break;
                }
                released.computeIfAbsent(partition(entry.key.get()), unused -> new ArrayList<>())
                        .add(entry);
            }
        }
        released.forEach((partition, entries) -> {
            for (KeyValue<Bytes, byte[]> entry : entries) {
                byte[] key = entry.key.get();
                if (isEnd) {
                    endedMs = Math.max(endedMs, ByteBuffer.wrap(key).getLong(1) / over.tick() + 1);
                }
                byte[] rest = Arrays.copyOfRange(key, 1 + Long.BYTES + partition.get().length, key.length);
                byte[] time = Arrays.copyOfRange(key, 1, 1 + Long.BYTES);
                store.put(Bytes.wrap(known(partition.get(), time, rest)), entry.value);
                store.delete(entry.key);
            }
        });
        if (isEnd && endedMs != Long.MIN_VALUE) {
            store.put(
                    Bytes.wrap(ENDED),
                    ByteBuffer.allocate(Long.BYTES).putLong(endedMs).array());
        }
        if (isEnd && values.ahead() > 0) {
            // Rows whose LEAD would never come go on without.
            partitionsThatWait().forEach(partition -> released.putIfAbsent(partition, List.of()));
        }
        released.keySet().forEach(partition -> goOn(partition.get(), isEnd));
    }

    private static Bytes partition(byte[] waitingKey) {
        int offset = 1 + Long.BYTES;
        int length = Integer.BYTES + ByteBuffer.wrap(waitingKey).getInt(offset);
        return Bytes.wrap(Arrays.copyOfRange(waitingKey, offset, offset + length));
    }

    private static byte[] known(byte[] partition, byte[] time, byte[] row) {
        return StoreKeys.concat(StoreKeys.concat(StoreKeys.concat(KNOWN, partition), time), row);
    }

    private List<Bytes> partitionsThatWait() {
        List<Bytes> partitions = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Bytes.wrap(KNOWN), Bytes.wrap(RUNNING))) {
            while (range.hasNext()) {
                byte[] key = range.next().key.get();
                if (key[0] != KNOWN[0]) {
                    break;
                }
                int length = Integer.BYTES + ByteBuffer.wrap(key).getInt(1);
                Bytes partition = Bytes.wrap(Arrays.copyOfRange(key, 1, 1 + length));
                if (partitions.isEmpty()
                        || !partitions.get(partitions.size() - 1).equals(partition)) {
                    partitions.add(partition);
                }
            }
        }
        return partitions;
    }

    private List<OverValues.Known> known(byte[] partition) {
        byte[] prefix = StoreKeys.concat(KNOWN, partition);
        List<OverValues.Known> known = new ArrayList<>();
        for (RowBag.Entry entry : bag.below(prefix, Long.MAX_VALUE)) {
            long time = ByteBuffer.wrap(entry.key()).getLong(prefix.length);
            Row row = rows.read(entry.key(), prefix.length + Long.BYTES);
            for (long i = 0; i < entry.count(); i++) {
                known.add(new OverValues.Known(Bytes.wrap(entry.key()), time, row, i < entry.mark()));
            }
        }
        return known;
    }

    private void goOn(byte[] partition, boolean isEnd) {
        List<OverValues.Known> known = known(partition);
        byte[] runningKey = StoreKeys.concat(RUNNING, partition);
        OverValues.Running running = values.running(store.get(Bytes.wrap(runningKey)));
        int next = 0;
        while (next < known.size() && known.get(next).isGone()) {
            next++;
        }
        int last = isEnd ? known.size() : known.size() - values.ahead();
        for (; next < last; next++) {
            goOn(known, next, running);
        }
        store.put(Bytes.wrap(runningKey), running.write());
        tidy(known, next);
    }

    private void goOn(List<OverValues.Known> known, int at, OverValues.Running running) {
        OverValues.Known current = known.get(at);
        Change cause = Change.insert(context.current(), current.time() / over.tick(), current.row());
        Row added;
        try {
            added = values.of(known, at, running);
        } catch (ArithmeticException | ClassCastException | IllegalArgumentException e) {
            failures.expression(context, cause, e, over.input().rowType(), current.row());
            return;
        }
        downstream.process(Change.insert(cause.source(), cause.timestampMs(), Row.joined(current.row(), added)));
    }

    /** Marks the rows that have gone on, and forgets those that nothing looks back at any more. */
    private void tidy(List<OverValues.Known> known, int gone) {
        int kept = values.firstKept(known, gone, Math.max(watermarkMs, endedMs) * over.tick());
        Map<Bytes, Long> counts = new LinkedHashMap<>();
        Map<Bytes, Long> marks = new LinkedHashMap<>();
        for (int i = 0; i < known.size(); i++) {
            counts.merge(known.get(i).key(), i >= kept ? 1L : 0L, Long::sum);
            marks.merge(known.get(i).key(), i >= kept && i < gone ? 1L : 0L, Long::sum);
        }
        counts.forEach((key, count) ->
                bag.put(new RowBag.Entry(key.get(), 0, 0, 0), count, Objects.requireNonNull(marks.get(key))));
    }
}
