package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.operator.SectionProcessor;
import io.millrace.engine.physical.Node;
import io.millrace.engine.row.Row;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/** Joins each row of a stream with the rows that a table has of its key when it comes; the table's own changes give nothing. */
public final class StreamTableJoinOperator {

    private StreamTableJoinOperator() {}

    /** The inputs: the stream's, then the table's. */
    public static SectionProcessor.Inputs of(
            Node.StreamTableJoin join, JoinCondition condition, Failures failures, OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            RowBag table = new RowBag(context.store(join.name()));
            RowCodec rows = new RowCodec(join.right().rowType());
            List<Integer> leftKey = join.exchange().get(0);
            List<Integer> rightKey = join.exchange().get(1);
            RowCodec leftKeys = RowCodec.ofKey(join.right().rowType(), rightKey);
            int width = join.right().rowType().getFieldCount();
            Operator stream = Operator.stateless(downstream, change -> {
                Row row = change.row();
                boolean isMatched = false;
                if (!row.hasNull(leftKey)) {
                    byte[] prefix = StoreKeys.delimited(leftKeys.writeKey(row, leftKey));
                    for (RowBag.Entry entry : table.below(prefix, Long.MAX_VALUE)) {
                        Row joined = Row.joined(row, entry.row(rows));
                        if (holds(condition, context, change, joined, failures, join)) {
                            isMatched = true;
                            if (!join.type().projectsRight()) {
                                break;
                            }
                            for (long i = 0; i < entry.count(); i++) {
                                downstream.process(Change.insert(change.source(), change.timestampMs(), joined));
                            }
                        }
                    }
                }
                if (!join.type().projectsRight()) {
                    if (isMatched == (join.type() == JoinRelType.SEMI)) {
                        downstream.process(change);
                    }
                } else if (!isMatched && join.type() == JoinRelType.LEFT) {
                    downstream.process(
                            Change.insert(change.source(), change.timestampMs(), Row.joined(row, Row.nulls(width))));
                }
            });
            Operator changes = Operator.last(change -> {
                keep(table, rows, leftKeys, rightKey, change.before(), -1);
                keep(table, rows, leftKeys, rightKey, change.after(), 1);
            });
            return new Operator[] {stream, changes};
        };
    }

    private static boolean holds(
            JoinCondition condition,
            OperatorContext context,
            Change change,
            Row joined,
            Failures failures,
            Node.StreamTableJoin join) {
        try {
            return condition.test(context, joined);
        } catch (RuntimeException e) {
            failures.expression(context, change, e, join.sideBySide(), joined);
            return false;
        }
    }

    private static void keep(
            RowBag table, RowCodec rows, RowCodec keys, List<Integer> key, @Nullable Row row, int delta) {
        if (row != null && !row.hasNull(key)) {
            RowBag.Entry entry = table.get(StoreKeys.delimited(keys.writeKey(row, key)), rows.write(row));
            table.put(entry, entry.count() + delta, 0);
        }
    }
}
