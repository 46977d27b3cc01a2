package io.millrace.engine.physical;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;

/**
 * Functions OVER the rows before a row, in the order of event time: LAG, LEAD, ROW_NUMBER and running aggregates. Rows go on when event time says
 * that none will come before them.
 */
final class OverCompiler {

    private final RexBuilder rexBuilder;
    private final StepNames names;

    OverCompiler(RexBuilder rexBuilder, StepNames names) {
        this.rexBuilder = rexBuilder;
        this.names = names;
    }

    Node compile(Project project, Node input) {
        if (input.traits().isChangelog()) {
            throw new UnsupportedOperationException(
                    "OVER a table has no answer that stays: its rows change; number them with ROW_NUMBER() … <= n");
        }
        List<RexOver> overs = new ArrayList<>();
        project.getProjects()
                .forEach(expression -> expression.accept(new RexShuttle() {
                    @Override
                    public RexNode visitOver(RexOver over) {
                        if (!overs.contains(over)) {
                            overs.add(over);
                        }
                        return over;
                    }
                }));
        RexWindow window = overs.get(0).getWindow();
        for (RexOver over : overs) {
            if (!over.getWindow().partitionKeys.equals(window.partitionKeys)
                    || !over.getWindow().orderKeys.equals(window.orderKeys)) {
                throw new UnsupportedOperationException(
                        "The OVERs of one query have the same PARTITION BY and ORDER BY: put others into a step of their own");
            }
        }
        int timeColumn = timeColumn(window, input);
        List<RexNode> columns = new ArrayList<>();
        var types = SqlDialect.types().builder();
        for (int i = 0; i < input.rowType().getFieldCount(); i++) {
            columns.add(RexInputRef.of(i, input.rowType()));
            types.add(input.rowType().getFieldList().get(i));
        }
        List<Integer> partition = new ArrayList<>();
        for (RexNode key : window.partitionKeys) {
            partition.add(RankCompiler.place(key, columns, types));
        }
        long tick = WindowCompiler.tick(
                input.rowType().getFieldList().get(timeColumn).getType());
        List<OverFunction> functions = new ArrayList<>();
        for (RexOver over : overs) {
            functions.add(function(over, columns, types, tick));
        }
        RelDataType widened = types.uniquify().build();
        Node wide = columns.size() == input.rowType().getFieldCount()
                ? input
                : StepCompiler.projected(input, columns, widened);
        var computed = SqlDialect.types().builder();
        computed.addAll(widened.getFieldList());
        for (int i = 0; i < overs.size(); i++) {
            computed.add("over$" + i, overs.get(i).getType());
        }
        RelDataType computedType = computed.uniquify().build();
        for (OverFunction function : functions) {
            requireRunning(function, wide, timeColumn);
        }
        Traits of = wide.traits();
        boolean isTogether =
                of.partition() != null && !of.partition().isEmpty() && partition.containsAll(of.partition());
        Node over = new Node.Over(
                wide,
                names.next("over"),
                isTogether ? null : List.of(partition),
                partition,
                timeColumn,
                tick,
                functions,
                computedType,
                new Traits(false, of.keys(), partition, of.times(), of.windows()));
        List<RexNode> expressions = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            expressions.add(expression.accept(new RexShuttle() {
                @Override
                public RexNode visitOver(RexOver found) {
                    return rexBuilder.ensureType(
                            found.getType(),
                            RexInputRef.of(widened.getFieldCount() + overs.indexOf(found), computedType),
                            false);
                }
            }));
        }
        return StepCompiler.projected(over, expressions, project.getRowType());
    }

    /** An aggregate that is folded as rows go by, without keeping their values. */
    private static void requireRunning(OverFunction function, Node input, int timeColumn) {
        SqlKind kind = function.call().getAggregation().getKind();
        if (kind != SqlKind.LAG
                && kind != SqlKind.LEAD
                && kind != SqlKind.ROW_NUMBER
                && Aggregates.of(List.of(function.call()), input.rowType(), false, SqlDialect.types(), timeColumn)
                        .keepsValues()) {
            throw new UnsupportedOperationException(
                    function.call().getAggregation().getName()
                            + " keeps every value, and is not among what a step computes OVER rows: use it with GROUP BY");
        }
    }

    private static int timeColumn(RexWindow window, Node input) {
        if (window.orderKeys.size() == 1) {
            RexFieldCollation order = window.orderKeys.get(0);
            if (order.left instanceof RexInputRef ref
                    && !order.getDirection().isDescending()
                    && input.traits().times().contains(ref.getIndex())) {
                return ref.getIndex();
            }
        }
        throw new UnsupportedOperationException("OVER goes by event time: ORDER BY "
                + (input.traits().times().isEmpty()
                        ? "a column that event_time names"
                        : input.rowType()
                                .getFieldNames()
                                .get(input.traits().times().iterator().next())));
    }

    private OverFunction function(
            RexOver over,
            List<RexNode> columns,
            org.apache.calcite.rel.type.RelDataTypeFactory.Builder types,
            long tick) {
        SqlKind kind = over.getOperator().getKind();
        boolean isLag = kind == SqlKind.LAG || kind == SqlKind.LEAD;
        if (!isLag
                && kind != SqlKind.ROW_NUMBER
                && (kind == SqlKind.RANK
                        || kind == SqlKind.DENSE_RANK
                        || kind == SqlKind.NTILE
                        || kind == SqlKind.PERCENT_RANK
                        || kind == SqlKind.CUME_DIST
                        || kind == SqlKind.NTH_VALUE)) {
            throw new UnsupportedOperationException(over.getOperator().getName()
                    + " OVER is not among what a step can do: there are ROW_NUMBER, LAG, LEAD and aggregates");
        }
        int offset = 1;
        int defaultColumn = -1;
        List<Integer> arguments = new ArrayList<>();
        if (isLag) {
            arguments.add(RankCompiler.place(over.getOperands().get(0), columns, types));
            if (over.getOperands().size() > 1) {
                offset = Math.toIntExact(StepCompiler.count(over.getOperands().get(1), 1));
            }
            if (over.getOperands().size() > 2) {
                defaultColumn = RankCompiler.place(over.getOperands().get(2), columns, types);
            }
        } else {
            for (RexNode operand : over.getOperands()) {
                arguments.add(RankCompiler.place(operand, columns, types));
            }
        }
        AggregateCall call = AggregateCall.create(
                over.getAggOperator(),
                over.isDistinct(),
                false,
                over.ignoreNulls(),
                List.of(),
                arguments,
                -1,
                null,
                RelCollations.EMPTY,
                over.getType(),
                null);
        RexWindow window = over.getWindow();
        if (!isLag && kind != SqlKind.ROW_NUMBER && !window.getUpperBound().isCurrentRow()) {
            throw new UnsupportedOperationException(
                    "A frame ends at the row itself: ROWS BETWEEN 10 PRECEDING AND CURRENT ROW, for example");
        }
        return new OverFunction(
                call, window.isRows(), preceding(window.getLowerBound(), window.isRows(), tick), offset, defaultColumn);
    }

    private static long preceding(RexWindowBound bound, boolean isRows, long tick) {
        if (bound.isUnbounded() && bound.isPreceding()) {
            return -1;
        }
        if (bound.isCurrentRow()) {
            return 0;
        }
        if (bound.isPreceding() && bound.getOffset() instanceof RexLiteral length) {
            return isRows ? StepCompiler.count(length, 0) : WindowCompiler.millis(length) * tick;
        }
        throw new UnsupportedOperationException(
                "A frame begins at a number of rows or a length of time before the row, or at the first row");
    }
}
