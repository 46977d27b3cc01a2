package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.operator.SectionProcessor;
import io.millrace.engine.physical.Closing;
import io.millrace.engine.physical.Node;
import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * Joins two changelogs. Keeps the rows of both sides by their key, and for a side all of whose rows are wanted, how many partners each row has:
 * with the first it loses its row of nulls, with the last it gets it back; by a semi-join it comes with the first and goes with the last.
 *
 * <p>The stores hold {@code [window's close (8 bytes)] + key + row -> count (8 bytes) + partners (8 bytes)}.
 */
public final class TableJoinOperator extends TwoInputs {

    private final Node.TableJoin join;
    private final JoinCondition condition;
    private final Failures failures;
    private final OperatorContext context;
    private final Operator downstream;
    private final Side left;
    private final Side right;

    private TableJoinOperator(
            Node.TableJoin join, JoinCondition condition, Failures failures, OperatorContext context, Operator next) {
        this.join = join;
        this.condition = condition;
        this.failures = failures;
        this.context = context;
        this.downstream = next;
        JoinRelType type = join.type();
        this.left = new Side(
                join.left(),
                join.exchange().get(0),
                join.leftWindow(),
                type.generatesNullsOnRight() || !type.projectsRight(),
                storeName(join, 0));
        this.right = new Side(
                join.right(),
                join.exchange().get(1),
                join.rightWindow(),
                type.generatesNullsOnLeft(),
                storeName(join, 1));
    }

    /** The inputs: the left's, then the right's. */
    public static SectionProcessor.Inputs of(
            Node.TableJoin join, JoinCondition condition, Failures failures, OperatorFactory next) {
        return context -> new TableJoinOperator(join, condition, failures, context, next.create(context)).inputs();
    }

    /** The name of a side's store. */
    public static String storeName(Node.TableJoin join, int side) {
        return join.name() + (side == 0 ? "-left" : "-right");
    }

    /** One side: its rows, by key. */
    private final class Side {
        private final List<Integer> key;
        private final RowCodec rows;
        private final RowCodec keys;
        private final RowBag bag;
        private final Closed closed;
        private final Node node;
        /** Whether all of its rows are wanted, with a partner or without. */
        private final boolean isKept;

        Side(Node node, List<Integer> key, @Nullable Closing window, boolean isKept, String storeName) {
            this.node = node;
            this.key = key;
            this.rows = new RowCodec(node.rowType());
            this.keys = RowCodec.ofKey(node.rowType(), key);
            this.bag = new RowBag(context.store(storeName));
            this.closed = new Closed(window, context, storeName);
            this.isKept = isKept;
        }

        /** The beginning of the store's keys of all rows with this row's key; null when it has none, and so no partners. */
        byte @Nullable [] prefix(Row row) {
            byte[] part = StoreKeys.delimited(keys.writeKey(row, key));
            if (row.hasNull(key)) {
                return null;
            }
            return isWindowed() ? StoreKeys.of(closed.atMs(row), part) : part;
        }

        boolean isWindowed() {
            return join.leftWindow() != null;
        }
    }

    @Override
    void advance(long newMs) {
        for (Side side : List.of(left, right)) {
            if (side.closed.advance(newMs)) {
                side.bag.clearBefore(side.closed.firstOpen());
            }
        }
        downstream.advance(newMs);
    }

    @Override
    void end() {
        downstream.end();
    }

    @Override
    void process(Change change, boolean isLeft) {
        Side own = isLeft ? left : right;
        Side other = isLeft ? right : left;
        Row before = change.before();
        Row after = change.after();
        if (before != null && after != null && !Arrays.equals(own.prefix(before), own.prefix(after))) {
            apply(change, isLeft, own, other, before, null);
            apply(change, isLeft, own, other, null, after);
        } else {
            apply(change, isLeft, own, other, before, after);
        }
    }

    /** Rows that were there and rows that are there in their place. */
    private static final class Outcome {
        private final List<Row> gone = new ArrayList<>();
        private final List<Row> come = new ArrayList<>();
    }

    private void apply(Change change, boolean isLeft, Side own, Side other, @Nullable Row before, @Nullable Row after) {
        Row row = after != null ? after : before;
        if (row == null) {
            return;
        }
        if (own.closed.isLate(row)) {
            if (after != null) {
                failures.late(context, change, own.closed.lateness(after), own.node.rowType(), after);
            }
            return;
        }
        byte[] prefix = own.prefix(row);
        Outcome outcome = new Outcome();
        if (prefix == null) {
            if (own.isKept && isThere(0)) {
                alone(outcome.gone, before, isLeft);
                alone(outcome.come, after, isLeft);
            }
            emit(change, outcome);
            return;
        }
        long partnersBefore = 0;
        long partnersAfter = 0;
        for (RowBag.Entry entry : other.bag.below(prefix, Long.MAX_VALUE)) {
            Row partner = entry.row(other.rows);
            boolean wasJoined = before != null && holds(change, isLeft, before, partner);
            boolean isJoined = after != null && holds(change, isLeft, after, partner);
            long partners = entry.mark() + (isJoined ? 1 : 0) - (wasJoined ? 1 : 0);
            for (long i = 0; i < entry.count(); i++) {
                if (wasJoined) {
                    pair(outcome.gone, before, isLeft, partner);
                }
                if (isJoined) {
                    pair(outcome.come, after, isLeft, partner);
                }
                if (other.isKept && isThere(entry.mark()) != isThere(partners)) {
                    alone(isThere(partners) ? outcome.come : outcome.gone, partner, !isLeft);
                }
            }
            if (other.isKept && partners != entry.mark()) {
                other.bag.put(entry, entry.count(), partners);
            }
            partnersBefore += wasJoined ? entry.count() : 0;
            partnersAfter += isJoined ? entry.count() : 0;
        }
        keep(own, prefix, before, -1, partnersBefore);
        keep(own, prefix, after, 1, partnersAfter);
        if (own.isKept && isThere(partnersBefore)) {
            alone(outcome.gone, before, isLeft);
        }
        if (own.isKept && isThere(partnersAfter)) {
            alone(outcome.come, after, isLeft);
        }
        emit(change, outcome);
    }

    private static void keep(Side side, byte[] prefix, @Nullable Row row, int delta, long partners) {
        if (row != null) {
            RowBag.Entry entry = side.bag.get(prefix, side.rows.write(row));
            side.bag.put(entry, entry.count() + delta, side.isKept ? partners : 0);
        }
    }

    /** Whether a row with so many partners gives one of its own: by a semi-join when it has some, by the others when it has none. */
    private boolean isThere(long partners) {
        return (partners > 0) == (join.type() == JoinRelType.SEMI);
    }

    private void pair(List<Row> rows, @Nullable Row row, boolean isLeft, Row partner) {
        if (row != null && join.type().projectsRight()) {
            rows.add(isLeft ? Row.joined(row, partner) : Row.joined(partner, row));
        }
    }

    private void alone(List<Row> rows, @Nullable Row row, boolean isLeft) {
        if (row == null) {
            return;
        }
        if (!join.type().projectsRight()) {
            rows.add(row);
            return;
        }
        Row nulls = Row.nulls((isLeft ? right : left).node.rowType().getFieldCount());
        rows.add(isLeft ? Row.joined(row, nulls) : Row.joined(nulls, row));
    }

    private boolean holds(Change change, boolean isLeft, Row row, Row partner) {
        Row joined = isLeft ? Row.joined(row, partner) : Row.joined(partner, row);
        try {
            return condition.test(context, joined);
        } catch (RuntimeException e) {
            failures.expression(context, change, e, join.sideBySide(), joined);
            return false;
        }
    }

    /** Sends what goes before what comes, and both as one where they have the same key. */
    private void emit(Change change, Outcome outcome) {
        ChangePairs.emit(change, outcome.gone, outcome.come, ChangePairs.key(join.traits()), downstream);
    }
}
