package io.millrace.engine.stateful;

import io.millrace.engine.aggregate.OrderedBytes;
import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.physical.Node;
import io.millrace.engine.physical.Ranking;
import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of each partition. Rows with the same place in the order are ordered by their content. Over a stream only rows that can be
 * among the first are kept; over a table all are, since any may move up.
 *
 * <p>The store holds {@code [window's close (8 bytes)] + partition + order + row -> count + length of the order}.
 */
public final class RankOperator implements Operator {

    private final Node.Rank rank;
    private final Failures failures;
    private final OperatorContext context;
    private final Operator downstream;
    private final RowCodec keys;
    private final RowCodec rows;
    private final RowBag bag;
    private final Closed closed;
    private final long last;

    private RankOperator(Node.Rank rank, Failures failures, OperatorContext context, Operator next) {
        this.rank = rank;
        this.failures = failures;
        this.context = context;
        this.downstream = next;
        this.keys = RowCodec.ofKey(rank.input().rowType(), rank.partition());
        this.rows = new RowCodec(rank.input().rowType());
        this.bag = new RowBag(context.store(rank.name()));
        this.closed = new Closed(rank.window(), context, rank.name());
        this.last = Math.addExact(rank.offset(), rank.limit());
    }

    public static OperatorFactory of(Node.Rank rank, Failures failures, OperatorFactory next) {
        return context -> new RankOperator(rank, failures, context, next.create(context));
    }

    @Override
    public void process(Change change) {
        Row before = change.before();
        Row after = change.after();
        if (rank.exchange() == null) {
            // Behind a repartition they have been written before.
            before = fits(change, before) ? before : null;
            after = fits(change, after) ? after : null;
        }
        if (before != null && after != null && Arrays.equals(prefix(before), prefix(after))) {
            apply(change, prefix(after), before, after);
            return;
        }
        if (before != null) {
            apply(change, prefix(before), before, null);
        }
        if (after != null) {
            apply(change, prefix(after), null, after);
        }
    }

    /** Whether a row can be kept: what an expression made may not fit the column that it is. */
    private boolean fits(Change change, @Nullable Row row) {
        try {
            if (row == null) {
                return false;
            }
            order(row);
            rows.write(row);
            return true;
        } catch (IllegalArgumentException e) {
            if (row == change.after()) {
                failures.expression(context, change, e, rank.input().rowType(), row);
            }
            return false;
        }
    }

    private byte[] prefix(Row row) {
        byte[] partition = StoreKeys.delimited(keys.writeKey(row, rank.partition()));
        return rank.window() == null ? partition : StoreKeys.of(closed.atMs(row), partition);
    }

    /** Where a row stands in its partition, as bytes that sort like it. */
    private byte[] order(Row row) {
        byte[] order = {};
        for (RelFieldCollation part : rank.order()) {
            boolean isDescending = part.getDirection().isDescending();
            order = StoreKeys.concat(
                    order,
                    OrderedBytes.encode(
                            rank.input()
                                    .rowType()
                                    .getFieldList()
                                    .get(part.getFieldIndex())
                                    .getType(),
                            row.get(part.getFieldIndex()),
                            isDescending,
                            isNullFirst(part)));
        }
        return order;
    }

    private static boolean isNullFirst(RelFieldCollation part) {
        return switch (part.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> part.getDirection().isDescending();
        };
    }

    private void apply(Change change, byte[] prefix, @Nullable Row before, @Nullable Row after) {
        Row row = after != null ? after : change.row();
        if (closed.isLate(row)) {
            if (after != null) {
                failures.late(
                        context, change, closed.lateness(after), rank.input().rowType(), after);
            }
            return;
        }
        Numbering numbering = new Numbering(rank.ranking(), prefix.length);
        // One row less moves what is behind it up by one at the most.
        List<RowBag.Entry> entries = bag.belowWhile(prefix, entry -> numbering.next(entry, entry.count()) - 1 <= last);
        List<Row> was = first(prefix, entries);
        if (before != null) {
            add(entries, prefix, before, -1);
        }
        if (after != null) {
            add(entries, prefix, after, 1);
            if (!rank.input().traits().isChangelog()) {
                trim(prefix, entries);
            }
        }
        emit(change, was, first(prefix, entries));
    }

    /** Changes how often a row is there, in the store and among the entries that have been read, which are in its order. */
    private void add(List<RowBag.Entry> entries, byte[] prefix, Row row, int delta) {
        byte[] order = order(row);
        RowBag.Entry was = bag.get(StoreKeys.concat(prefix, order), rows.write(row));
        bag.put(was, was.count() + delta, order.length);
        int place = 0;
        while (place < entries.size()
                && Arrays.compareUnsigned(entries.get(place).key(), was.key()) < 0) {
            place++;
        }
        if (place < entries.size() && Arrays.equals(entries.get(place).key(), was.key())) {
            entries.remove(place);
        }
        if (was.count() + delta > 0) {
            entries.add(place, new RowBag.Entry(was.key(), prefix.length, was.count() + delta, order.length));
        }
    }

    /** The rows that are among the first, in order. */
    private List<Row> first(byte[] prefix, List<RowBag.Entry> entries) {
        List<Row> first = new ArrayList<>();
        Numbering numbering = new Numbering(rank.ranking(), prefix.length);
        for (RowBag.Entry entry : entries) {
            Row row = null;
            for (long i = 0; i < entry.count(); i++) {
                long number = numbering.next(entry, 1);
                if (number > last) {
                    return first;
                }
                if (number > rank.offset()) {
                    row = row == null ? rows.read(entry.key(), prefix.length + (int) entry.mark()) : row;
                    first.add(rank.isRanked() ? numbered(row, number) : row);
                }
            }
        }
        return first;
    }

    private static Row numbered(Row row, long number) {
        return row.with(number);
    }

    /** Forgets rows that cannot be among the first any more. */
    private void trim(byte[] prefix, List<RowBag.Entry> entries) {
        Numbering numbering = new Numbering(rank.ranking(), prefix.length);
        for (RowBag.Entry entry : List.copyOf(entries)) {
            if (numbering.next(entry, entry.count()) > last) {
                bag.put(entry, 0, 0);
                entries.remove(entry);
            }
        }
    }

    private void emit(Change change, List<Row> was, List<Row> is) {
        if (rank.isRanked() && rank.ranking() == Ranking.ROW_NUMBER) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
                Change next = change.with(i < was.size() ? was.get(i) : null, i < is.size() ? is.get(i) : null);
                if (next != null) {
                    changes.add(next);
                }
            }
            changes.forEach(downstream::process);
            return;
        }
        List<Row> come = new ArrayList<>(is);
        List<Row> gone = new ArrayList<>();
        for (Row row : was) {
            int same = -1;
            for (int i = 0; i < come.size() && same < 0; i++) {
                same = Row.isSame(row, come.get(i)) ? i : -1;
            }
            if (same >= 0) {
                come.remove(same);
            } else {
                gone.add(row);
            }
        }
        ChangePairs.emit(change, gone, come, ChangePairs.key(rank.traits()), downstream);
    }

    @Override
    public void advance(long watermarkMs) {
        if (closed.advance(watermarkMs)) {
            bag.clearBefore(closed.firstOpen());
        }
        downstream.advance(watermarkMs);
    }

    @Override
    public void end() {
        downstream.end();
    }
}
