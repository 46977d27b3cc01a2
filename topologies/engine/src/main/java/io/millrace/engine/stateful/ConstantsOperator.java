package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.row.Row;
import io.millrace.engine.sql.CompiledExpressions;
import io.millrace.engine.sql.SqlDialect;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets rows pass, and once puts rows among them that the query itself lists: in the task of the first partition, with the first
 * that comes or when the clock first ticks. A store keeps that they have come, so that they do not come again after a restart.
 */
public final class ConstantsOperator implements Operator {

    private static final Bytes COME = Bytes.wrap(new byte[] {0});
    private static final RelDataType NO_COLUMNS = SqlDialect.types().builder().build();
    private static final Row NO_ROW = Row.EMPTY;

    private final List<CompiledExpressions> rows;
    private final Failures failures;
    private final OperatorContext context;
    private final Operator downstream;
    private final KeyValueStore<Bytes, byte[]> store;
    private boolean isWaiting;

    private ConstantsOperator(
            String name,
            List<CompiledExpressions> rows,
            Failures failures,
            OperatorContext context,
            Operator downstream) {
        this.rows = rows;
        this.failures = failures;
        this.context = context;
        this.downstream = downstream;
        this.store = context.store(name);
        this.isWaiting = context.partition() == 0;
    }

    /**
     * The operator of constant rows, which go to {@code next} as all others do.
     *
     * @param name of the store
     * @param rows the values of each, as expressions over nothing
     */
    public static OperatorFactory of(
            String name, List<CompiledExpressions> rows, Failures failures, OperatorFactory next) {
        return context -> {
            ConstantsOperator operator = new ConstantsOperator(name, rows, failures, context, next.create(context));
            context.onTick(isIdle -> operator.come());
            return operator;
        };
    }

    @Override
    public void process(Change change) {
        come();
        downstream.process(change);
    }

    @Override
    public void advance(long watermarkMs) {
        downstream.advance(watermarkMs);
    }

    /** In a run that brings no other row they come at its end. */
    @Override
    public void end() {
        come();
        downstream.end();
    }

    private void come() {
        if (!isWaiting) {
            return;
        }
        isWaiting = false;
        if (store.get(COME) != null) {
            return;
        }
        store.put(COME, new byte[] {1});
        for (CompiledExpressions row : rows) {
            Change none = Change.insert(context.current(), context.nowMs(), NO_ROW);
            Row values;
            try {
                values = row.evaluate(context.expressions(none), NO_ROW);
            } catch (RuntimeException e) {
                failures.expression(context, none, e, NO_COLUMNS, NO_ROW);
                continue;
            }
            downstream.process(Change.insert(none.source(), none.timestampMs(), values));
        }
    }
}
