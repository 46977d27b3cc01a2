package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** Whether expressions can be run, found out when they are planned. */
final class ExpressionCheck {

    /** An expression is one method, however its list is split. */
    private static final int MAX_NODES = 3_000;

    private static final int MAX_DEPTH = 1_000;

    private ExpressionCheck() {}

    /**
     * Whether all expressions of a query have code; those of windows and sub-queries, which no row can compute, are left to
     * others to judge.
     *
     * @throws UnsupportedOperationException when one has none
     */
    static void check(RexBuilder rexBuilder, RelNode query) {
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                if (node instanceof Project project) {
                    check(rexBuilder, project.getProjects(), project.getInput().getRowType());
                } else if (node instanceof Filter filter) {
                    check(
                            rexBuilder,
                            List.of(filter.getCondition()),
                            filter.getInput().getRowType());
                }
                if (node instanceof Join join) {
                    RelDataType both = SqlDialect.types()
                            .builder()
                            .addAll(join.getLeft().getRowType().getFieldList())
                            .addAll(join.getRight().getRowType().getFieldList())
                            .build();
                    check(rexBuilder, List.of(join.getCondition()), both);
                }
                super.visit(node, ordinal, parent);
            }
        }.go(query);
    }

    /** Whether the expressions have code. */
    static void check(RexBuilder rexBuilder, List<? extends RexNode> expressions, RelDataType rowType) {
        List<RexNode> computed = new ArrayList<>();
        for (RexNode expression : expressions) {
            if (!(expression instanceof RexInputRef)
                    && !RexOver.containsOver(expression)
                    && !RexUtil.containsCorrelation(expression)
                    && RexUtil.SubQueryFinder.find(expression) == null) {
                computed.add(expression);
            }
        }
        if (!computed.isEmpty()) {
            code(rexBuilder, computed, rowType, new Constants(), CompiledExpressions.NODES_PER_CLASS);
        }
    }

    /**
     * The code of the expressions, in parts of about {@code nodesPerPart} nodes.
     *
     * @throws UnsupportedOperationException when an expression has no code; the message says which function, and what to write
     */
    static List<ExpressionCode> code(
            RexBuilder rexBuilder,
            List<? extends RexNode> expressions,
            RelDataType rowType,
            Constants constants,
            int nodesPerPart) {
        List<ExpressionCode> parts = new ArrayList<>();
        List<RexNode> part = new ArrayList<>();
        IntervalCasts intervals = new IntervalCasts(rexBuilder);
        SafeExpressions safe = new SafeExpressions(rexBuilder, constants);
        RelDataType erased = Microseconds.erase(rowType);
        int nodes = 0;
        for (RexNode expression : expressions) {
            RexNode made;
            int size;
            try {
                made = Microseconds.rewrite(rexBuilder, List.of(RecordFunction.toParameters(expression, rexBuilder)))
                        .get(0)
                        .accept(intervals)
                        .accept(safe);
                size = size(made);
            } catch (UnsupportedOperationException e) {
                throw RefusedException.of(expression, e);
            }
            if (!part.isEmpty() && nodes + size > nodesPerPart) {
                parts.add(generate(rexBuilder, part, erased));
                part.clear();
                nodes = 0;
            }
            part.add(made);
            nodes += size;
        }
        parts.add(generate(rexBuilder, part, erased));
        return parts;
    }

    private static int size(RexNode expression) {
        Measure measure = new Measure();
        expression.accept(measure);
        if (measure.nodes > MAX_NODES) {
            throw new UnsupportedOperationException("An expression is too long: it has more than " + MAX_NODES
                    + " operators and operands; put parts of it into a step before");
        }
        return measure.nodes;
    }

    private static ExpressionCode generate(RexBuilder rexBuilder, List<RexNode> expressions, RelDataType rowType) {
        try {
            return ExpressionCode.of(rexBuilder, expressions, rowType);
        } catch (RuntimeException | AssertionError e) {
            for (RexNode expression : expressions) {
                String function = withoutCode(rexBuilder, expression, rowType);
                if (function != null) {
                    throw RefusedException.of(
                            expression,
                            new UnsupportedOperationException(
                                    function + " is not among the functions that rows can be computed with", e));
                }
            }
            throw new UnsupportedOperationException("The expression cannot be computed: " + e.getMessage(), e);
        }
    }

    /** The innermost operator that has no code. */
    private static @Nullable String withoutCode(RexBuilder rexBuilder, RexNode node, RelDataType rowType) {
        if (!(node instanceof RexCall call)) {
            return null;
        }
        for (RexNode operand : call.getOperands()) {
            String function = withoutCode(rexBuilder, operand, rowType);
            if (function != null) {
                return function;
            }
        }
        try {
            ExpressionCode.of(rexBuilder, List.of(call), rowType);
            return null;
        } catch (RuntimeException | AssertionError e) {
            return call.getOperator().getName();
        }
    }

    static Function1<DataContext, Function1<@Nullable Object, @Nullable Object>> compile(ExpressionCode code) {
        try {
            return code.compile();
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnsupportedOperationException(
                    "The expressions cannot be compiled: " + cause(e) + "; put parts of them into a step before", e);
        }
    }

    private static String cause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static final class Measure extends RexVisitorImpl<@Nullable Void> {

        private int nodes;
        private int depth;

        Measure() {
            super(true);
        }

        @Override
        public @Nullable Void visitLiteral(RexLiteral literal) {
            Sarg<?> sarg = literal.getTypeName() == SqlTypeName.SARG ? literal.getValueAs(Sarg.class) : null;
            if (sarg != null) {
                nodes += 4 * sarg.rangeSet.asRanges().size();
            }
            return null;
        }

        @Override
        public @Nullable Void visitCall(RexCall call) {
            // {fn NAME()} and Calcite's rewritings find functions without asking the table of those that there are.
            RefusedFunctions.check(call.getOperator());
            nodes++;
            if (++depth > MAX_DEPTH) {
                throw new UnsupportedOperationException("An expression is nested too deeply: more than " + MAX_DEPTH
                        + " levels; put parts of it into a step before");
            }
            if (nodes <= MAX_NODES) {
                nodes += call.getOperands().size();
                super.visitCall(call);
            }
            depth--;
            return null;
        }
    }
}
