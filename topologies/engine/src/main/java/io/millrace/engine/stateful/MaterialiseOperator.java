package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.physical.Node;
import io.millrace.engine.row.Row;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the changes of a key together that several tasks tell of. That a row goes may be heard after the one in its place has come, so
 * all rows of a key are kept as often as they are there, and the first of those that are there is the key's.
 */
public final class MaterialiseOperator implements Operator {

    private final List<Integer> key;
    private final Operator downstream;
    private final RowCodec keys;
    private final RowCodec rows;
    private final RowBag bag;

    private MaterialiseOperator(Node.Materialise node, OperatorContext context, Operator next) {
        this.key = node.key();
        this.downstream = next;
        this.keys = RowCodec.ofKey(node.rowType(), node.key());
        this.rows = new RowCodec(node.rowType());
        this.bag = new RowBag(context.store(node.name()));
    }

    public static OperatorFactory of(Node.Materialise node, OperatorFactory next) {
        return context -> new MaterialiseOperator(node, context, next.create(context));
    }

    @Override
    public void process(Change change) {
        byte[] before = change.before() == null ? null : keys.writeKey(change.before(), key);
        byte[] after = change.after() == null ? null : keys.writeKey(change.after(), key);
        if (before != null && after != null && Arrays.equals(before, after)) {
            apply(change, before, change.before(), change.after());
            return;
        }
        if (before != null) {
            apply(change, before, change.before(), null);
        }
        if (after != null) {
            apply(change, after, null, change.after());
        }
    }

    private void apply(Change change, byte[] keyBytes, @Nullable Row before, @Nullable Row after) {
        byte[] prefix = StoreKeys.delimited(keyBytes);
        @Nullable Row last = current(prefix);
        if (before != null) {
            add(prefix, before, -1);
        }
        if (after != null) {
            add(prefix, after, 1);
        }
        Change next = change.with(last, current(prefix));
        if (next != null) {
            downstream.process(next);
        }
    }

    private void add(byte[] prefix, Row row, int delta) {
        RowBag.Entry entry = bag.get(prefix, rows.write(row));
        bag.put(entry, entry.count() + delta, 0);
    }

    private @Nullable Row current(byte[] prefix) {
        List<RowBag.Entry> first = bag.below(prefix, 1);
        return first.isEmpty() ? null : first.get(0).row(rows);
    }

    @Override
    public void advance(long watermarkMs) {
        downstream.advance(watermarkMs);
    }

    @Override
    public void end() {
        downstream.end();
    }
}
