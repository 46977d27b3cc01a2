package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Says of FIRST_VALUE and LAST_VALUE without an order that event time is theirs, while the columns that nothing else reads are still there.
 */
final class EventTimes extends RelHomogeneousShuttle {

    private final Map<String, Integer> columns;

    private EventTimes(Map<String, Integer> columns) {
        this.columns = columns;
    }

    /** @param columns the position of the event time in each relation that has one */
    static RelNode order(RelNode query, Map<String, Integer> columns) {
        return query.accept(new EventTimes(columns));
    }

    @Override
    public RelNode visit(LogicalAggregate aggregate) {
        RelNode visited = super.visit(aggregate);
        if (!(visited instanceof LogicalAggregate found)
                || found.getAggCallList().stream().noneMatch(EventTimes::isUnordered)) {
            return visited;
        }
        RelNode input = withTime(found.getInput());
        OptionalInt time = time(input);
        if (time.isEmpty()) {
            return visited;
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : found.getAggCallList()) {
            calls.add(isUnordered(call) ? call.withCollation(RelCollations.of(time.getAsInt())) : call);
        }
        return found.copy(found.getTraitSet(), input, found.getGroupSet(), found.getGroupSets(), calls);
    }

    private static boolean isUnordered(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return (kind == SqlKind.FIRST_VALUE || kind == SqlKind.LAST_VALUE)
                && call.collation.getFieldCollations().isEmpty();
    }

    /** The rows with their event time as one column more, where a projection has left it out. */
    private RelNode withTime(RelNode rel) {
        if (!(rel instanceof LogicalProject project) || time(project).isPresent()) {
            return rel;
        }
        RelNode input = withTime(project.getInput());
        OptionalInt time = time(input);
        if (time.isEmpty()) {
            return rel;
        }
        List<RexNode> columns = new ArrayList<>(project.getProjects());
        columns.add(rel.getCluster().getRexBuilder().makeInputRef(input, time.getAsInt()));
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        names.add("time$");
        return LogicalProject.create(input, project.getHints(), columns, names, project.getVariablesSet());
    }

    /** The column of event time among those of a node. */
    private OptionalInt time(RelNode rel) {
        if (rel instanceof TableScan scan) {
            List<String> name = scan.getTable().getQualifiedName();
            Integer column = columns.get(name.get(name.size() - 1));
            return column == null ? OptionalInt.empty() : OptionalInt.of(column);
        }
        if (rel instanceof Project project) {
            OptionalInt below = time(project.getInput());
            for (int i = 0; below.isPresent() && i < project.getProjects().size(); i++) {
                if (project.getProjects().get(i) instanceof RexInputRef ref && ref.getIndex() == below.getAsInt()) {
                    return OptionalInt.of(i);
                }
            }
            return OptionalInt.empty();
        }
        // The columns of the first input are the first of what these give.
        return rel instanceof Filter
                        || rel instanceof Correlate
                        || (rel instanceof TableFunctionScan && !rel.getInputs().isEmpty())
                        || (rel instanceof Join join && !join.getJoinType().generatesNullsOnLeft())
                ? time(rel.getInput(0))
                : OptionalInt.empty();
    }
}
