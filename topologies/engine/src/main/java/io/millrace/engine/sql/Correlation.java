package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Takes the conditions of a sub-query that name the row beside it out of the sub-query, so that they can be those of a join with it. That is
 * done where it leaves what the sub-query gives for each such row: out of filters, under projections, DISTINCT and inner joins.
 */
final class Correlation {

    private final Set<CorrelationId> variables;
    private final RexBuilder rexBuilder;

    /** @param variables the names of the row beside the sub-query */
    Correlation(Set<CorrelationId> variables, RexBuilder rexBuilder) {
        this.variables = variables;
        this.rexBuilder = rexBuilder;
    }

    /**
     * A sub-query without the conditions that name the row beside it.
     *
     * @param rel the sub-query: its columns, then those that the conditions need beside these
     * @param conditions these, over its columns and the row beside it
     */
    record Pulled(RelNode rel, List<RexNode> conditions) {}

    /** A condition as that of a join: with the row beside the sub-query to the left, {@code width} columns wide. */
    RexNode joined(RexNode condition, int width) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return rexBuilder.makeInputRef(ref.getType(), width + ref.getIndex());
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return isOuter(access)
                        ? rexBuilder.makeInputRef(
                                access.getType(), access.getField().getIndex())
                        : super.visitFieldAccess(access);
            }
        });
    }

    private boolean isOuter(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable && variables.contains(variable.id);
    }

    private boolean isCorrelated(RexNode expression) {
        boolean[] found = {false};
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitCorrelVariable(RexCorrelVariable variable) {
                found[0] |= variables.contains(variable.id);
                return null;
            }
        });
        return found[0];
    }

    private boolean isCorrelated(RelNode rel) {
        return RelOptUtil.getVariablesUsed(rel).stream().anyMatch(variables::contains);
    }

    Pulled pull(RelNode rel) {
        if (!isCorrelated(rel)) {
            return new Pulled(rel, List.of());
        }
        if (rel instanceof Filter filter) {
            return filter(filter);
        }
        if (rel instanceof Project project
                && !project.containsOver()
                && project.getProjects().stream().noneMatch(this::isCorrelated)) {
            return project(project);
        }
        if (rel instanceof Join join && join.getJoinType() == JoinRelType.INNER && !isCorrelated(join.getCondition())) {
            return join(join);
        }
        if (rel instanceof Aggregate aggregate
                && aggregate.getAggCallList().isEmpty()
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            return distinct(aggregate);
        }
        throw new UnsupportedOperationException(
                "A query inside IN or EXISTS names the row beside it in its WHERE alone, below no "
                        + "aggregate and no outer join: put the rest into a step of its own");
    }

    private Pulled filter(Filter filter) {
        Pulled below = pull(filter.getInput());
        List<RexNode> own = new ArrayList<>();
        List<RexNode> pulled = new ArrayList<>(below.conditions());
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            (isCorrelated(condition) ? pulled : own).add(condition);
        }
        RelNode rel = own.isEmpty()
                ? below.rel()
                : LogicalFilter.create(below.rel(), RexUtil.composeConjunction(rexBuilder, own));
        return new Pulled(rel, pulled);
    }

    private Pulled project(Project project) {
        Pulled below = pull(project.getInput());
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        for (int column : columns(below.conditions())) {
            RexNode reference = rexBuilder.makeInputRef(below.rel(), column);
            if (!columns.contains(reference)) {
                columns.add(reference);
                names.add("outer$" + columns.size());
            }
        }
        RelNode rel = LogicalProject.create(below.rel(), List.of(), columns, names, Set.of());
        return new Pulled(
                rel,
                moved(below.conditions(), column -> columns.indexOf(rexBuilder.makeInputRef(below.rel(), column))));
    }

    private Pulled join(Join join) {
        Pulled left = pull(join.getLeft());
        Pulled right = pull(join.getRight());
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        int newLeftWidth = left.rel().getRowType().getFieldCount();
        int newRightWidth = right.rel().getRowType().getFieldCount();
        RexNode condition = moved(
                        List.of(join.getCondition()),
                        column -> column < leftWidth ? column : column - leftWidth + newLeftWidth)
                .get(0);
        RelNode joined = LogicalJoin.create(left.rel(), right.rel(), List.of(), condition, Set.of(), JoinRelType.INNER);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < leftWidth; i++) {
            order.add(i);
        }
        for (int i = 0; i < newRightWidth; i++) {
            order.add(newLeftWidth + i);
        }
        for (int i = leftWidth; i < newLeftWidth; i++) {
            order.add(i);
        }
        List<RexNode> conditions = new ArrayList<>(moved(left.conditions(), order::indexOf));
        conditions.addAll(moved(right.conditions(), column -> order.indexOf(newLeftWidth + column)));
        return new Pulled(ordered(joined, order), conditions);
    }

    private Pulled distinct(Aggregate aggregate) {
        Pulled below = pull(aggregate.getInput());
        ImmutableBitSet groups = aggregate.getGroupSet().union(ImmutableBitSet.of(columns(below.conditions())));
        RelNode grouped = LogicalAggregate.create(below.rel(), List.of(), groups, null, List.of());
        List<Integer> order = new ArrayList<>();
        aggregate.getGroupSet().forEachInt(column -> order.add(groups.indexOf(column)));
        groups.except(aggregate.getGroupSet()).forEachInt(column -> order.add(groups.indexOf(column)));
        return new Pulled(
                ordered(grouped, order), moved(below.conditions(), column -> order.indexOf(groups.indexOf(column))));
    }

    private RelNode ordered(RelNode rel, List<Integer> order) {
        List<RexNode> columns = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (int column : order) {
            columns.add(rexBuilder.makeInputRef(rel, column));
            names.add("c$" + column);
        }
        return LogicalProject.create(rel, List.of(), columns, List.copyOf(names), Set.of());
    }

    private static Set<Integer> columns(List<RexNode> conditions) {
        return new TreeSet<>(RelOptUtil.InputFinder.bits(conditions, null).asList());
    }

    private List<RexNode> moved(List<RexNode> conditions, java.util.function.IntUnaryOperator places) {
        RexShuttle shuttle = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return rexBuilder.makeInputRef(ref.getType(), places.applyAsInt(ref.getIndex()));
            }
        };
        return conditions.stream().map(condition -> condition.accept(shuttle)).toList();
    }
}
