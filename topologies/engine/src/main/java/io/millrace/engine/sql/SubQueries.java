package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code IN}, {@code EXISTS} and {@code ANY} over a query, and NOT of these, into semi- and anti-joins, where they are what a WHERE asks
 * for beside its other conditions.
 *
 * <p>A row stays by an anti-join when no row of the query makes the condition true. {@code NOT IN} asks for none that makes it unknown, either:
 * where a null may do that, the condition is that the comparison is not false.
 */
final class SubQueries extends RelHomogeneousShuttle {

    private SubQueries() {}

    /**
     * The query with joins in the place of its sub-queries.
     *
     * @throws UnsupportedOperationException for a sub-query that no join is the same as
     */
    static RelNode join(RelNode query) {
        RelNode joined = query.accept(new SubQueries());
        return hasSubQuery(joined) ? ValueQueries.join(joined) : joined;
    }

    static boolean hasSubQuery(RelNode query) {
        boolean[] found = {false};
        query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode rel) {
                found[0] |= (rel instanceof Filter filter && RexUtil.SubQueryFinder.containsSubQuery(filter))
                        || (rel instanceof Project project && RexUtil.SubQueryFinder.containsSubQuery(project))
                        || (rel instanceof Join join && RexUtil.SubQueryFinder.containsSubQuery(join));
                return super.visit(rel);
            }
        });
        return found[0];
    }

    /** A condition that a sub-query has rows, or none, for which something holds. */
    private record Member(RexSubQuery query, boolean isNegated) {

        static @Nullable Member of(RexNode condition) {
            boolean isNegated = false;
            RexNode node = condition;
            while (node.getKind() == SqlKind.NOT) {
                isNegated = !isNegated;
                node = ((RexCall) node).getOperands().get(0);
            }
            return node instanceof RexSubQuery query
                            && (query.getKind() == SqlKind.IN
                                    || query.getKind() == SqlKind.EXISTS
                                    || query.getKind() == SqlKind.SOME)
                            && query.getOperands().stream()
                                    .noneMatch(operand -> RexUtil.SubQueryFinder.find(operand) != null)
                    ? new Member(query, isNegated)
                    : null;
        }
    }

    @Override
    public RelNode visit(LogicalFilter filter) {
        LogicalFilter visited = (LogicalFilter) super.visit(filter);
        List<RexNode> plain = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(visited.getCondition())) {
            Member member = Member.of(condition);
            if (member != null) {
                members.add(member);
            } else if (RexUtil.SubQueryFinder.find(condition) == null) {
                plain.add(condition);
            } else {
                rest.add(condition);
            }
        }
        if (members.isEmpty()) {
            return visited;
        }
        RelNode rows = filtered(visited.getInput(), plain, Set.of());
        for (Member member : members) {
            rows = joined(rows, member, visited.getVariablesSet());
        }
        return filtered(rows, rest, visited.getVariablesSet());
    }

    private static RelNode filtered(RelNode input, List<RexNode> conditions, Set<CorrelationId> variables) {
        return conditions.isEmpty()
                ? input
                : LogicalFilter.create(
                        input,
                        RexUtil.composeConjunction(input.getCluster().getRexBuilder(), conditions),
                        com.google.common.collect.ImmutableSet.copyOf(variables));
    }

    private static RelNode joined(RelNode rows, Member member, Set<CorrelationId> variables) {
        RexBuilder rexBuilder = rows.getCluster().getRexBuilder();
        RexSubQuery query = member.query();
        RelNode inner = query.rel.accept(new SubQueries());
        if (query.getKind() == SqlKind.EXISTS) {
            while (inner instanceof Project project && !project.containsOver()) {
                inner = project.getInput();
            }
            if (inner instanceof Aggregate aggregate && aggregate.getGroupCount() == 0) {
                throw new UnsupportedOperationException(
                        "An aggregate without GROUP BY always has a row: EXISTS over it is always true");
            }
        }
        Correlation correlation = new Correlation(variables, rexBuilder);
        Correlation.Pulled pulled = correlation.pull(inner);
        int width = rows.getRowType().getFieldCount();
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < query.getOperands().size(); i++) {
            RexNode operand = query.getOperands().get(i);
            RexNode column = rexBuilder.makeInputRef(
                    pulled.rel().getRowType().getFieldList().get(i).getType(), width + i);
            RexNode compared = rexBuilder.makeCall(comparison(query), operand, column);
            boolean mayBeUnknown =
                    member.isNegated() && (isNullable(rows, operand) || isNullable(pulled.rel(), i, rexBuilder));
            conditions.add(mayBeUnknown ? rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, compared) : compared);
        }
        pulled.conditions().forEach(condition -> conditions.add(correlation.joined(condition, width)));
        LogicalJoin join = LogicalJoin.create(
                rows,
                pulled.rel(),
                List.of(),
                RexUtil.composeConjunction(rexBuilder, conditions),
                Set.of(),
                member.isNegated() ? JoinRelType.ANTI : JoinRelType.SEMI);
        // What is compared and is no column yet becomes one of its side.
        return RelOptUtil.pushDownJoinConditions(join, RelFactories.LOGICAL_BUILDER.create(join.getCluster(), null));
    }

    private static SqlOperator comparison(RexSubQuery query) {
        return query.getOperator() instanceof SqlQuantifyOperator quantified && query.getKind() == SqlKind.SOME
                ? RelOptUtil.op(quantified.comparisonKind, SqlStdOperatorTable.EQUALS)
                : SqlStdOperatorTable.EQUALS;
    }

    private static boolean isNullable(RelNode rows, RexNode operand) {
        return operand instanceof RexInputRef ref
                ? isNullable(rows, ref.getIndex(), rows.getCluster().getRexBuilder())
                : operand.getType().isNullable();
    }

    /** Whether a column may hold a null, as far as its type and the conditions that its rows have met say. */
    private static boolean isNullable(RelNode rel, int column, RexBuilder rexBuilder) {
        if (!rel.getRowType().getFieldList().get(column).getType().isNullable()) {
            return false;
        }
        if (rel instanceof LogicalFilter filter) {
            RexNode isThere = rexBuilder.makeCall(
                    SqlStdOperatorTable.IS_NOT_NULL, rexBuilder.makeInputRef(filter.getInput(), column));
            return !RelOptUtil.conjunctions(filter.getCondition()).contains(isThere)
                    && isNullable(filter.getInput(), column, rexBuilder);
        }
        if (rel instanceof Project project && project.getProjects().get(column) instanceof RexInputRef ref) {
            return isNullable(project.getInput(), ref.getIndex(), rexBuilder);
        }
        if (rel instanceof LogicalJoin join && !join.getJoinType().projectsRight()) {
            return isNullable(join.getLeft(), column, rexBuilder);
        }
        if (rel instanceof Aggregate aggregate && column < aggregate.getGroupCount()) {
            return isNullable(aggregate.getInput(), aggregate.getGroupSet().nth(column), rexBuilder);
        }
        return true;
    }
}
