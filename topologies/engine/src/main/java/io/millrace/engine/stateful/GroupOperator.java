package io.millrace.engine.stateful;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.aggregate.GroupState;
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
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * GROUP BY. Adds each row that comes to its group, takes away each that goes, and sends the group's new result in the place of its last one;
 * or, where results are wanted when the window closes, that one alone. A row that comes when its window has closed goes to quarantine.
 *
 * <p>The store holds {@code [window's close (8 bytes)] + group -> time of the newest row (8 bytes) + state}, so that closed windows are one
 * range at its beginning.
 */
public final class GroupOperator implements Operator {

    private final Node.Group group;
    private final Aggregates aggregates;
    private final Failures failures;
    private final OperatorContext context;
    private final Operator downstream;
    private final RowCodec keys;
    private final KeyValueStore<Bytes, byte[]> store;
    private final StoredValues values;
    private final Closed closed;

    private GroupOperator(
            Node.Group group, Aggregates aggregates, Failures failures, OperatorContext context, Operator next) {
        this.group = group;
        this.aggregates = aggregates;
        this.failures = failures;
        this.context = context;
        this.downstream = next;
        this.keys = RowCodec.ofKey(group.input().rowType(), group.groups());
        this.store = context.store(group.name());
        this.values = new StoredValues(aggregates.keepsValues() ? context.store(valuesStore(group.name())) : null);
        this.closed = new Closed(group.window(), context, group.name());
    }

    /** The operator of {@code group}, whose results go to {@code next}. */
    public static OperatorFactory of(Node.Group group, Aggregates aggregates, Failures failures, OperatorFactory next) {
        return context -> new GroupOperator(group, aggregates, failures, context, next.create(context));
    }

    /** The name of the store of the values that functions like PERCENTILE_CONT keep. */
    public static String valuesStore(String name) {
        return name + "-values";
    }

    @Override
    public void process(Change change) {
        Row before = change.before();
        Row after = change.after();
        if (before != null && after != null && Arrays.equals(keyOf(before), keyOf(after))) {
            apply(change, before, after);
            return;
        }
        if (before != null) {
            apply(change, before, null);
        }
        if (after != null) {
            apply(change, null, after);
        }
    }

    private byte[] keyOf(Row row) {
        byte[] key = keys.writeKey(row, group.groups());
        return group.window() == null ? key : StoreKeys.of(closed.atMs(row), key);
    }

    private void apply(Change change, @Nullable Row before, @Nullable Row after) {
        Row row = Objects.requireNonNull(after != null ? after : before, "a row comes or goes");
        if (closed.isLate(row)) {
            if (after != null) {
                failures.late(
                        context, change, closed.lateness(after), group.input().rowType(), after);
            }
            return;
        }
        byte[] key = keyOf(row);
        byte[] stored = store.get(Bytes.wrap(key));
        GroupState state = state(stored);
        values.group(key);
        Row groupColumns = KeyValues.pick(row, group.groups());
        @Nullable Row last = lastResult(groupColumns, state, stored != null);
        if (before != null) {
            aggregates.retract(state, values, before);
        }
        if (after != null) {
            aggregates.add(state, values, after);
        }
        @Nullable Row next;
        try {
            next = result(groupColumns, state);
        } catch (ArithmeticException | ClassCastException | IllegalArgumentException | IllegalStateException e) {
            failures.expression(context, change, e, group.input().rowType(), row);
            if (after == null) {
                // The row has gone whatever that makes of the others: the group has no result for now.
                next = null;
            } else {
                values.forget();
                if (before != null) {
                    apply(change, before, null);
                }
                return;
            }
        }
        values.keep();
        keep(change, key, stored, state, last, next);
    }

    private GroupState state(byte @Nullable [] stored) {
        return stored == null
                ? aggregates.newState()
                : aggregates.read(Arrays.copyOfRange(stored, Long.BYTES, stored.length));
    }

    private void keep(
            Change change,
            byte[] key,
            byte @Nullable [] stored,
            GroupState state,
            @Nullable Row last,
            @Nullable Row next) {
        long timestampMs = stored == null
                ? change.timestampMs()
                : Math.max(ByteBuffer.wrap(stored).getLong(), change.timestampMs());
        if (state.rowCount() == 0 && !group.groups().isEmpty()) {
            store.delete(Bytes.wrap(key));
        } else {
            store.put(Bytes.wrap(key), StoreKeys.of(timestampMs, aggregates.write(state)));
        }
        if (!group.isOnClose()) {
            Change result = new Change(change.source(), timestampMs, last, next).with(last, next);
            if (result != null) {
                downstream.process(result);
            }
        }
    }

    /** What went on of a group before; nothing while results wait for the window, or where there was none. */
    private @Nullable Row lastResult(Row groupColumns, GroupState state, boolean isThere) {
        if (group.isOnClose() || !isThere) {
            return null;
        }
        try {
            return result(groupColumns, state);
        } catch (ArithmeticException | ClassCastException | IllegalArgumentException | IllegalStateException e) {
            return null;
        }
    }

    /** What a group amounts to; null when it has no rows, unless it is the one of a query without GROUP BY. */
    private @Nullable Row result(Row groupColumns, GroupState state) {
        return state.rowCount() > 0 || group.groups().isEmpty() ? resultRow(groupColumns, state) : null;
    }

    private Row resultRow(Row groupColumns, GroupState state) {
        return Row.joined(groupColumns, aggregates.results(state, values));
    }

    @Override
    public void advance(long watermarkMs) {
        if (closed.advance(watermarkMs)) {
            close();
        }
        downstream.advance(watermarkMs);
    }

    /** Windows whose results are out already stay open: the next run may add to them. */
    @Override
    public void end() {
        if (group.isOnClose() && closed.end()) {
            close();
        }
        downstream.end();
    }

    private void close() {
        List<KeyValue<Bytes, byte[]>> complete = new ArrayList<>();
        Bytes end = closed.firstOpen();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(null, end)) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                if (entry.key.compareTo(end) < 0) {
                    complete.add(entry);
                }
            }
        }
        for (KeyValue<Bytes, byte[]> entry : complete) {
            byte[] key = entry.key.get();
            values.group(key);
            GroupState state = state(entry.value);
            if (group.isOnClose() && state.rowCount() > 0) {
                Row row = resultRow(keys.read(key, Long.BYTES), state);
                downstream.process(Change.insert(
                        context.current(), ByteBuffer.wrap(entry.value).getLong(), row));
            }
            values.clear();
            store.delete(entry.key);
        }
    }
}
