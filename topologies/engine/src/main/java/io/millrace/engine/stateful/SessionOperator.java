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
 * GROUP BY over sessions. A row makes a session of its own, makes one longer, or joins two. Sessions are found from the rows, which are kept
 * until the session is over: a state can be added to but two cannot be added up, so the rows of the shorter of two sessions are added to the
 * longer one's state.
 *
 * <p>The session store holds {@code key + start (8 bytes) -> time of the last row (8 bytes) + rows (8 bytes) + id (8 bytes) + state}, the row store
 * {@code key + time (8 bytes) + row -> count}, and the store of ends {@code end (8 bytes) + key + start}, so that what is over lies at its
 * beginning.
 */
public final class SessionOperator implements Operator {

    private final Node.Sessions sessions;
    private final Aggregates aggregates;
    private final Failures failures;
    private final OperatorContext context;
    private final Operator downstream;
    private final RowCodec keys;
    private final RowCodec rows;
    private final KeyValueStore<Bytes, byte[]> store;
    private final KeyValueStore<Bytes, byte[]> ends;
    private final RowBag bag;
    private final StoredValues values;
    private final long gap;
    private long watermarkMs = Long.MIN_VALUE;

    private SessionOperator(
            Node.Sessions sessions, Aggregates aggregates, Failures failures, OperatorContext context, Operator next) {
        this.sessions = sessions;
        this.aggregates = aggregates;
        this.failures = failures;
        this.context = context;
        this.downstream = next;
        this.keys = RowCodec.ofKey(sessions.input().rowType(), sessions.keys());
        this.rows = new RowCodec(sessions.input().rowType());
        this.store = context.store(sessions.name());
        this.ends = context.store(endStore(sessions.name()));
        this.bag = new RowBag(context.store(rowStore(sessions.name())));
        this.values = new StoredValues(
                aggregates.keepsValues() ? context.store(GroupOperator.valuesStore(sessions.name())) : null);
        this.gap = sessions.windows().size();
    }

    public static OperatorFactory of(
            Node.Sessions sessions, Aggregates aggregates, Failures failures, OperatorFactory next) {
        return context -> new SessionOperator(sessions, aggregates, failures, context, next.create(context));
    }

    /** The name of the store of the rows of open sessions. */
    public static String rowStore(String name) {
        return name + "-rows";
    }

    /** The name of the store of when sessions end. */
    public static String endStore(String name) {
        return name + "-ends";
    }

    /**
     * A session: of which key, from the time of its first row to that of its last.
     *
     * @param id where the values that its functions keep are found; stays when it gets longer
     */
    private record Session(byte[] key, long start, long last, long rowCount, long id, byte[] state) {

        byte[] storeKey() {
            return StoreKeys.concat(key, time(start));
        }

        byte[] stored() {
            return ByteBuffer.allocate(3 * Long.BYTES + state.length)
                    .putLong(last)
                    .putLong(rowCount)
                    .putLong(id)
                    .put(state)
                    .array();
        }

        static byte[] time(long time) {
            return ByteBuffer.allocate(Long.BYTES).putLong(time).array();
        }
    }

    private static Session session(byte[] key, long start, byte[] value) {
        ByteBuffer stored = ByteBuffer.wrap(value);
        long last = stored.getLong();
        long rowCount = stored.getLong();
        long id = stored.getLong();
        byte[] state = new byte[stored.remaining()];
        stored.get(state);
        return new Session(key, start, last, rowCount, id, state);
    }

    @Override
    public void process(Change change) {
        Row row = change.row();
        Long time = (Long) row.get(sessions.timeColumn());
        if (time == null) {
            return;
        }
        byte[] key = StoreKeys.delimited(keys.writeKey(row, sessions.keys()));
        List<Session> met = met(key, time);
        long last = met.stream().mapToLong(Session::last).max().orElse(time);
        if (isOver(Math.max(time, last))) {
            String why = "The row came after its session had closed";
            failures.late(context, change, why, sessions.input().rowType(), row);
            return;
        }
        Session base = met.isEmpty() ? new Session(key, time, time, 0, time, new byte[0]) : longest(met);
        List<Row> gone = new ArrayList<>();
        if (!sessions.isOnClose()) {
            met.forEach(session -> gone.add(resultRow(session, read(session))));
        }
        GroupState state = base.rowCount() == 0 ? aggregates.newState() : aggregates.read(base.state());
        values.group(valuesKey(base));
        try {
            aggregates.add(state, values, row);
            for (Session other : met) {
                if (other.id() != base.id()) {
                    addRows(state, other);
                }
            }
            aggregates.results(state, values);
        } catch (ArithmeticException | ClassCastException | IllegalArgumentException e) {
            values.forget();
            failures.expression(context, change, e, sessions.input().rowType(), row);
            return;
        }
        values.keep();
        long start = Math.min(time, met.stream().mapToLong(Session::start).min().orElse(time));
        long count = 1 + met.stream().mapToLong(Session::rowCount).sum();
        Session merged = new Session(key, start, Math.max(time, last), count, base.id(), aggregates.write(state));
        RowBag.Entry entry = bag.get(StoreKeys.concat(key, Session.time(time)), rows.write(row));
        bag.put(entry, entry.count() + 1, 0);
        replace(met, base, merged);
        if (!sessions.isOnClose()) {
            values.group(valuesKey(merged));
            ChangePairs.emit(
                    new Change(
                            change.source(), merged.last() / sessions.windows().tick(), null, row),
                    gone,
                    java.util.Collections.singletonList(resultRow(merged, state)),
                    ChangePairs.key(sessions.traits()),
                    downstream);
        }
    }

    /** The state of a session, with its values looked at. */
    private GroupState read(Session session) {
        values.group(valuesKey(session));
        return aggregates.read(session.state());
    }

    private void replace(List<Session> met, Session base, Session merged) {
        for (Session session : met) {
            store.delete(Bytes.wrap(session.storeKey()));
            ends.delete(endKey(session));
            if (session.id() != base.id()) {
                values.group(valuesKey(session));
                values.clear();
            }
        }
        store.put(Bytes.wrap(merged.storeKey()), merged.stored());
        ends.put(endKey(merged), new byte[0]);
    }

    private Bytes endKey(Session session) {
        return Bytes.wrap(StoreKeys.of(session.last() + gap, session.storeKey()));
    }

    private static Session longest(List<Session> met) {
        Session longest = met.get(0);
        for (Session session : met) {
            longest = session.rowCount() > longest.rowCount() ? session : longest;
        }
        return longest;
    }

    private byte[] valuesKey(Session session) {
        return StoreKeys.concat(session.key(), Session.time(session.id()));
    }

    private void addRows(GroupState state, Session session) {
        byte[] from = StoreKeys.concat(session.key(), Session.time(session.start()));
        byte[] to = StoreKeys.concat(session.key(), Session.time(session.last()));
        for (RowBag.Entry entry :
                bag.between(from, StoreKeys.behind(to), session.key().length + Long.BYTES, Long.MAX_VALUE)) {
            Row row = entry.row(rows);
            for (long i = 0; i < entry.count(); i++) {
                aggregates.add(state, values, row);
            }
        }
    }

    /** The sessions of a key that a row at a time belongs to, by their start. */
    private List<Session> met(byte[] key, long time) {
        List<Session> met = new ArrayList<>();
        byte[] to = StoreKeys.concat(key, Session.time(Math.addExact(time, gap)));
        // A session that began long before may reach to here: the last that began before the row is looked at too.
        try (KeyValueIterator<Bytes, byte[]> range = store.reverseRange(Bytes.wrap(key), Bytes.wrap(to))) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                byte[] storeKey = entry.key.get();
                if (!StoreKeys.startsWith(storeKey, key)) {
                    break;
                }
                long start = ByteBuffer.wrap(storeKey).getLong(key.length);
                Session session = session(key, start, entry.value);
                if (start - time <= gap && time - session.last() <= gap) {
                    met.add(0, session);
                }
                if (session.last() < time - gap) {
                    break;
                }
            }
        }
        return met;
    }

    private boolean isOver(long last) {
        return watermarkMs != Long.MIN_VALUE
                && (last + gap) / sessions.windows().tick() < watermarkMs;
    }

    private Row resultRow(Session session, GroupState state) {
        Row key = keys.read(session.key(), Integer.BYTES);
        @Nullable Object[] row = new Object[sessions.layout().size()];
        long end = session.last() + gap;
        for (int i = 0; i < sessions.layout().size(); i++) {
            int place = sessions.layout().get(i);
            row[i] = switch (place) {
                case -1 -> session.start();
                case -2 -> end;
                case -3 -> end - sessions.windows().tick();
                default -> key.get(place);
            };
        }
        return Row.joined(Row.of(row), aggregates.results(state, values));
    }

    @Override
    public void advance(long newMs) {
        if (newMs > watermarkMs) {
            watermarkMs = newMs;
            close(false);
        }
        // A session that ends just now is still open, and its last instant is a millisecond before.
        downstream.advance(newMs == Long.MIN_VALUE ? newMs : newMs - 1);
    }

    /** Sessions whose results are out already stay open: the next run may add to them. */
    @Override
    public void end() {
        if (sessions.isOnClose()) {
            close(true);
        }
        downstream.end();
    }

    private void close(boolean isEnd) {
        // A row that comes just the gap after the last one still belongs to it.
        Bytes open = Bytes.wrap(Session.time(
                isEnd
                        ? Long.MAX_VALUE
                        : Math.max(
                                0,
                                Math.multiplyExact(
                                        watermarkMs, sessions.windows().tick()))));
        List<Session> over = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = ends.range(null, open)) {
            while (range.hasNext()) {
                Bytes end = range.next().key;
                if (end.compareTo(open) >= 0) {
                    break;
                }
                byte[] storeKey = Arrays.copyOfRange(end.get(), Long.BYTES, end.get().length);
                byte[] value = Objects.requireNonNull(store.get(Bytes.wrap(storeKey)), "a session that ends is kept");
                int keyLength = storeKey.length - Long.BYTES;
                over.add(session(
                        Arrays.copyOf(storeKey, keyLength),
                        ByteBuffer.wrap(storeKey).getLong(keyLength),
                        value));
            }
        }
        for (Session session : over) {
            values.group(valuesKey(session));
            if (sessions.isOnClose()) {
                downstream.process(Change.insert(
                        context.current(),
                        session.last() / sessions.windows().tick(),
                        resultRow(session, aggregates.read(session.state()))));
            }
            values.clear();
            store.delete(Bytes.wrap(session.storeKey()));
            ends.delete(endKey(session));
            byte[] to = StoreKeys.concat(session.key(), Session.time(session.last()));
            for (RowBag.Entry entry : bag.between(
                    StoreKeys.concat(session.key(), Session.time(session.start())),
                    StoreKeys.behind(to),
                    session.key().length + Long.BYTES,
                    Long.MAX_VALUE)) {
                bag.put(entry, 0, 0);
            }
        }
    }
}
