package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.operator.SectionProcessor;
import io.millrace.engine.physical.Node;
import io.millrace.engine.row.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins two streams whose rows are at most so far apart in time. A row meets those of the other side that are there; it is kept until
 * event time says that no partner can come any more, and only then, on a side all of whose rows are wanted, goes on alone if it had none.
 *
 * <p>The stores hold {@code slice of time (8 bytes) + key + time (8 bytes) + row -> count (8 bytes) + whether it had a partner (8 bytes)}: a
 * slice is an eighth of the longest time apart, so that a row looks into ten of them at the most, and what is over lies at the beginning.
 */
public final class StreamJoinOperator extends TwoInputs {

    private static final int SLICES = 8;

    private final Node.StreamJoin join;
    private final JoinCondition condition;
    private final Failures failures;
    private final OperatorContext context;
    private final Operator downstream;
    private final Side left;
    private final Side right;
    private final long slice;
    /** How far behind event time the rows that go on may be, milliseconds. */
    private final long apartMs;

    private StreamJoinOperator(
            Node.StreamJoin join, JoinCondition condition, Failures failures, OperatorContext context, Operator next) {
        this.join = join;
        this.condition = condition;
        this.failures = failures;
        this.context = context;
        this.downstream = next;
        this.slice = Math.max(1, (join.upper() - join.lower()) / SLICES);
        long apart = Math.max(0, Math.max(join.upper(), -join.lower())) + Math.max(0, join.plus());
        this.apartMs = (apart + join.tick() - 1) / join.tick();
        this.left = new Side(
                join.left(),
                join.exchange().get(0),
                join.leftTime(),
                join.upper(),
                join.type().generatesNullsOnRight() || join.type() == JoinRelType.ANTI,
                storeName(join, 0));
        this.right = new Side(
                join.right(),
                join.exchange().get(1),
                join.rightTime(),
                -join.lower(),
                join.type().generatesNullsOnLeft(),
                storeName(join, 1));
    }

    /** The inputs: the left's, then the right's. */
    public static SectionProcessor.Inputs of(
            Node.StreamJoin join, JoinCondition condition, Failures failures, OperatorFactory next) {
        return context -> new StreamJoinOperator(join, condition, failures, context, next.create(context)).inputs();
    }

    /** The name of a side's store. */
    public static String storeName(Node.StreamJoin join, int side) {
        return join.name() + (side == 0 ? "-left" : "-right");
    }

    /** One side's rows. */
    private final class Side {
        private final Node node;
        private final List<Integer> key;
        private final int timeColumn;
        /** How long after its own time a row's last partner may be. */
        private final long reach;
        /** Whether all of its rows are wanted, with a partner or without. */
        private final boolean isKept;

        private final RowCodec rows;
        private final RowCodec keys;
        private final KeyValueStore<Bytes, byte[]> store;
        private final RowBag bag;
        /** No row that waits is over before this. */
        private long nextOver = Long.MIN_VALUE;

        Side(Node node, List<Integer> key, int timeColumn, long reach, boolean isKept, String storeName) {
            this.node = node;
            this.key = key;
            this.timeColumn = timeColumn;
            this.reach = reach;
            this.isKept = isKept;
            this.rows = new RowCodec(node.rowType());
            this.keys = RowCodec.ofKey(node.rowType(), key);
            this.store = context.store(storeName);
            this.bag = new RowBag(store);
        }

        byte[] prefix(byte[] keyBytes, long time) {
            return StoreKeys.concat(
                    StoreKeys.of(Math.floorDiv(time, slice), keyBytes),
                    ByteBuffer.allocate(Long.BYTES).putLong(time).array());
        }

        int rowOffset(byte[] keyBytes) {
            return Long.BYTES + keyBytes.length + Long.BYTES;
        }

        /** The rows of a key with times from one to another, both included. */
        List<RowBag.Entry> between(byte[] keyBytes, long from, long to) {
            List<RowBag.Entry> entries = new ArrayList<>();
            long first = Math.max(0, from);
            for (long part = Math.floorDiv(first, slice); part <= Math.floorDiv(to, slice) && to >= 0; part++) {
                byte[] start = prefix(keyBytes, Math.max(first, part * slice));
                byte[] end = prefix(keyBytes, Math.min(to, part * slice + slice - 1));
                entries.addAll(bag.between(start, StoreKeys.behind(end), rowOffset(keyBytes), Long.MAX_VALUE));
            }
            return entries;
        }
    }

    /** Times before this are over: no row with one comes. In the unit of the time columns. */
    private long over() {
        return watermarkMs() == Long.MIN_VALUE ? watermarkMs() : watermarkMs() * join.tick() - join.plus();
    }

    @Override
    void process(Change change, boolean isLeft) {
        Side own = isLeft ? left : right;
        Side other = isLeft ? right : left;
        Row row = change.row();
        Long time = (Long) row.get(own.timeColumn);
        if (time == null || time < 0) {
            failures.expression(
                    context,
                    change,
                    new IllegalArgumentException("The time of the join is null"),
                    own.node.rowType(),
                    row);
            return;
        }
        if (time < over()) {
            String why = "The row came " + (over() - time) / join.tick() + " ms too late for its join";
            failures.late(context, change, why, own.node.rowType(), row);
            return;
        }
        boolean isMatched = false;
        boolean isOnce = isLeft && join.type() == JoinRelType.SEMI;
        boolean hasKey = !row.hasNull(own.key);
        byte[] keyBytes = StoreKeys.delimited(own.keys.writeKey(row, own.key));
        if (hasKey) {
            long from = isLeft ? time + join.lower() : time - join.upper();
            long to = isLeft ? time + join.upper() : time - join.lower();
            for (RowBag.Entry entry : other.between(keyBytes, from, to)) {
                isMatched |= meet(change, isLeft, row, time, entry, other);
            }
        }
        if (isOnce && isMatched) {
            downstream.process(change);
            return;
        }
        if (!hasKey && !own.isKept) {
            return;
        }
        RowBag.Entry entry = own.bag.get(own.prefix(keyBytes, time), own.rows.write(row));
        own.bag.put(entry, entry.count() + 1, isMatched ? 1 : entry.mark());
        own.nextOver = Math.min(own.nextOver, time + own.reach);
    }

    private boolean meet(Change change, boolean isLeft, Row row, long time, RowBag.Entry entry, Side other) {
        Row partner = entry.row(other.rows);
        Row joined = isLeft ? Row.joined(row, partner) : Row.joined(partner, row);
        try {
            if (!condition.test(context, joined)) {
                return false;
            }
        } catch (RuntimeException e) {
            failures.expression(context, change, e, join.sideBySide(), joined);
            return false;
        }
        if (!join.type().projectsRight()) {
            meetOnce(change, isLeft, partner, entry, other);
            return true;
        }
        if (other.isKept && entry.mark() == 0) {
            other.bag.put(entry, entry.count(), 1);
        }
        Object partnerTime = partner.get(other.timeColumn);
        long joinedMs = Math.max(time, partnerTime == null ? time : (Long) partnerTime) / join.tick();
        for (long i = 0; i < entry.count(); i++) {
            downstream.process(Change.insert(change.source(), joinedMs, joined));
        }
        return true;
    }

    /** By a semi-join a row of the left goes on with its first partner, by an anti-join it never does when it has one. */
    private void meetOnce(Change change, boolean isLeft, Row partner, RowBag.Entry entry, Side other) {
        if (isLeft) {
            return;
        }
        if (join.type() == JoinRelType.ANTI) {
            other.bag.put(entry, entry.count(), 1);
            return;
        }
        long timeMs = (Long) Objects.requireNonNull(partner.get(other.timeColumn)) / join.tick();
        for (long i = 0; i < entry.count(); i++) {
            downstream.process(Change.insert(change.source(), timeMs, partner));
        }
        other.bag.put(entry, 0, 0);
    }

    @Override
    void advance(long newMs) {
        for (Side side : List.of(left, right)) {
            if (side.isKept) {
                if (over() > side.nextOver) {
                    release(side);
                }
            } else {
                forget(side);
            }
        }
        // What goes on is as old as the older of two partners, or as a row that has waited for one in vain.
        downstream.advance(newMs - apartMs);
    }

    /** Rows without a partner go on alone; those with one stay, since the next run may bring them another. */
    @Override
    void end() {
        for (Side side : List.of(left, right)) {
            if (side.isKept) {
                List<KeyValue<Bytes, byte[]>> lonely = new ArrayList<>();
                try (KeyValueIterator<Bytes, byte[]> all = side.store.range(null, StoreKeys.LAST)) {
                    while (all.hasNext()) {
                        KeyValue<Bytes, byte[]> entry = all.next();
                        if (ByteBuffer.wrap(entry.value).getLong(Long.BYTES) == 0) {
                            lonely.add(entry);
                        }
                    }
                }
                release(side, lonely);
            }
        }
        downstream.end();
    }

    /** Forgets the slices of which every row is over. */
    private void forget(Side side) {
        long lastSlice = Math.floorDiv(over() - side.reach, slice);
        if (lastSlice > 0 && lastSlice > side.nextOver) {
            side.nextOver = lastSlice;
            side.bag.clearBefore(Bytes.wrap(
                    ByteBuffer.allocate(Long.BYTES).putLong(lastSlice).array()));
        }
    }

    /** Sends rows on alone that are over and had no partner, and forgets all that are over. */
    private void release(Side side) {
        long before = over() - side.reach;
        long next = Long.MAX_VALUE;
        List<KeyValue<Bytes, byte[]>> done = new ArrayList<>();
        Bytes end = before < 0
                ? null
                : Bytes.wrap(ByteBuffer.allocate(Long.BYTES)
                        .putLong(before / slice + 1)
                        .array());
        if (before <= 0) {
            return;
        }
        try (KeyValueIterator<Bytes, byte[]> range = side.store.range(null, end)) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                long time = time(entry.key.get());
                if (time < before) {
                    done.add(entry);
                } else {
                    next = Math.min(next, time + side.reach);
                }
            }
        }
        // What lies in later slices is over later than the first that was looked at.
        side.nextOver = Math.min(next, (before / slice + 1) * slice + side.reach);
        release(side, done);
    }

    private void release(Side side, List<KeyValue<Bytes, byte[]>> done) {
        for (KeyValue<Bytes, byte[]> entry : done) {
            ByteBuffer counts = ByteBuffer.wrap(entry.value);
            long count = counts.getLong();
            if (counts.getLong() == 0) {
                alone(side, entry.key.get(), count);
            }
            side.store.delete(entry.key);
        }
    }

    private void alone(Side side, byte[] key, long count) {
        int keyLength = Integer.BYTES + ByteBuffer.wrap(key).getInt(Long.BYTES);
        Row row = side.rows.read(key, Long.BYTES + keyLength + Long.BYTES);
        Row joined = !join.type().projectsRight()
                ? row
                : side == left
                        ? Row.joined(row, Row.nulls(right.node.rowType().getFieldCount()))
                        : Row.joined(Row.nulls(left.node.rowType().getFieldCount()), row);
        for (long i = 0; i < count; i++) {
            downstream.process(Change.insert(context.current(), time(key) / join.tick(), joined));
        }
    }

    private static long time(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key);
        return bytes.getLong(Long.BYTES + Integer.BYTES + bytes.getInt(Long.BYTES));
    }
}
