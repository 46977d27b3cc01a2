package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;

/** Makes sub-queries that are a value among others, such as {@code (SELECT MAX(x) FROM t)}, into joins. */
final class ValueQueries {

    private ValueQueries() {}

    static RelNode join(RelNode query) {
        HepPlanner planner = new HepPlanner(new HepProgramBuilder()
                .addRuleCollection(List.of(
                        CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
                        CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
                        CoreRules.JOIN_SUB_QUERY_TO_CORRELATE))
                .build());
        planner.setRoot(query);
        RelNode correlated = planner.findBestExp();
        requireValues(correlated);
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(query.getCluster(), null);
        return RelDecorrelator.decorrelateQuery(correlated, builder).accept(new Literals());
    }

    /** Puts what an aggregate has for every group alike, the mark of a row that was found, behind the aggregate. */
    private static final class Literals extends RelHomogeneousShuttle {
        @Override
        public RelNode visit(LogicalAggregate aggregate) {
            RelNode visited = super.visit(aggregate);
            if (!(visited instanceof LogicalAggregate found)
                    || found.getAggCallList().stream().noneMatch(Literals::isLiteral)) {
                return visited;
            }
            RexBuilder rexBuilder = found.getCluster().getRexBuilder();
            List<AggregateCall> calls = found.getAggCallList().stream()
                    .filter(call -> !isLiteral(call))
                    .toList();
            RelNode grouped = LogicalAggregate.create(
                    found.getInput(), found.getHints(), found.getGroupSet(), found.getGroupSets(), calls);
            List<RexNode> columns = new ArrayList<>();
            for (int i = 0; i < found.getGroupCount(); i++) {
                columns.add(rexBuilder.makeInputRef(grouped, i));
            }
            int next = found.getGroupCount();
            for (AggregateCall call : found.getAggCallList()) {
                columns.add(isLiteral(call) ? call.rexList.get(0) : rexBuilder.makeInputRef(grouped, next++));
            }
            return LogicalProject.create(
                    grouped, List.of(), columns, found.getRowType().getFieldNames(), Set.of());
        }

        private static boolean isLiteral(AggregateCall call) {
            return call.getAggregation().getKind() == SqlKind.LITERAL_AGG;
        }
    }

    /** A query that is a value has one row, as an aggregate without GROUP BY has; of others that is not known before they run. */
    private static void requireValues(RelNode query) {
        query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode rel) {
                if (rel instanceof Aggregate aggregate
                        && aggregate.getAggCallList().stream()
                                .anyMatch(call -> call.getAggregation().getKind() == SqlKind.SINGLE_VALUE)) {
                    throw new UnsupportedOperationException(
                            "A query that stands for a value is an aggregate without GROUP BY, as (SELECT MAX(x) FROM t): "
                                    + "take what has several rows by a LEFT JOIN");
                }
                return super.visit(rel);
            }
        });
    }
}
