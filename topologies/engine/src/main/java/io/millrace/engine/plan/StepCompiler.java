package io.millrace.engine.plan;

import io.millrace.document.EventTime;
import io.millrace.engine.operator.WindowAggregate;
import io.millrace.engine.sql.SqlDialect;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes the stages of a step of its optimised query. What cannot be run with the meaning that SQL gives it is refused with an
 * {@link UnsupportedOperationException} that says what to write instead.
 */
final class StepCompiler {

    private final String step;
    private final Map<String, Relation> relations;
    private final RexBuilder rexBuilder;
    private final String storeName;

    private @Nullable String input;
    private final List<Stage> before = new ArrayList<>();
    private @Nullable WindowAggregate aggregate;
    private final List<Stage> after = new ArrayList<>();

    /** @param relations what the query may read, by lower-case name */
    StepCompiler(String step, String storeName, Map<String, Relation> relations, RexBuilder rexBuilder) {
        this.step = step;
        this.storeName = storeName;
        this.relations = relations;
        this.rexBuilder = rexBuilder;
    }

    /** What a query was made into; {@code keyColumns} are the positions of the GROUP BY columns in its rows. */
    record Compiled(
            String input,
            List<Stage> before,
            @Nullable WindowAggregate aggregate,
            List<Stage> after,
            List<Integer> keyColumns) {}

    Compiled compile(RelNode query) {
        visit(query);
        String from = input;
        if (from == null) {
            throw new UnsupportedOperationException("A step reads from a source or a step");
        }
        return new Compiled(from, before, aggregate, after, aggregate == null ? List.of() : keyColumns());
    }

    private List<Stage> current() {
        return aggregate == null ? before : after;
    }

    private void visit(RelNode node) {
        if (node instanceof TableScan scan) {
            scan(scan);
        } else if (node instanceof Project project) {
            project.getProjects().forEach(StepCompiler::requireRowByRow);
            visit(project.getInput());
            current().add(project(project));
        } else if (node instanceof Filter filter) {
            requireRowByRow(filter.getCondition());
            visit(filter.getInput());
            current().add(new Stage.Filter(filter.getCondition(), filter.getRowType()));
        } else if (node instanceof TableFunctionScan function) {
            window(function);
        } else if (node instanceof Join join) {
            join(join);
        } else if (node instanceof Aggregate group) {
            aggregate(group);
        } else {
            throw new UnsupportedOperationException(
                    node.getRelTypeName().replace("Logical", "").toUpperCase(java.util.Locale.ROOT)
                            + " is not among what a step can do yet");
        }
    }

    /** An expression of a step sees one row. */
    private static void requireRowByRow(RexNode expression) {
        if (RexOver.containsOver(expression)) {
            throw new UnsupportedOperationException(
                    "OVER is not there yet: aggregate by TUMBLE and GROUP BY, in a step of its own");
        }
        if (RexUtil.SubQueryFinder.find(expression) != null) {
            throw new UnsupportedOperationException(
                    "A query inside an expression is not there yet: join a source of it, as a table");
        }
    }

    private static Stage project(Project project) {
        return new Stage.Project(project.getProjects(), project.getInput().getRowType(), project.getRowType());
    }

    private Relation relation(TableScan scan) {
        List<String> name = scan.getTable().getQualifiedName();
        String relation = name.get(name.size() - 1);
        Relation found = relations.get(relation.toLowerCase(java.util.Locale.ROOT));
        if (found == null) {
            throw new IllegalStateException("Planned over an unknown relation " + relation);
        }
        return found;
    }

    private void scan(TableScan scan) {
        Relation relation = relation(scan);
        if (relation.isTable()) {
            throw new UnsupportedOperationException("'" + relation.name()
                    + "' is a table, and a step cannot follow the changes of a table yet: join a stream with it");
        }
        input = relation.name();
    }

    private void window(TableFunctionScan function) {
        if (!(function.getCall() instanceof RexCall call)
                || !call.getOperator().getName().equalsIgnoreCase("TUMBLE")) {
            throw new UnsupportedOperationException("Of the windowing functions there is only TUMBLE yet");
        }
        visit(function.getInput(0));
        RexInputRef time = (RexInputRef)
                ((RexCall) call.getOperands().get(0)).getOperands().get(0);
        Duration size = interval(call.getOperands().get(1));
        Duration offset =
                call.getOperands().size() > 2 ? interval(call.getOperands().get(2)) : Duration.ZERO;
        if (size.isZero() || size.isNegative()) {
            throw new UnsupportedOperationException("A window is longer than nothing: INTERVAL '1' HOUR, for example");
        }
        current()
                .add(new Stage.Window(
                        time.getIndex(), size, offset, function.getInput(0).getRowType(), function.getRowType()));
    }

    private static Duration interval(RexNode operand) {
        if (operand instanceof RexLiteral literal && SqlTypeUtil.isInterval(literal.getType())) {
            if (literal.getType().getSqlTypeName().isYearMonth()) {
                throw new UnsupportedOperationException("A window of months has no fixed length: give it in days");
            }
            return Duration.ofMillis(
                    Objects.requireNonNull(literal.getValueAs(BigDecimal.class), "an interval has a length")
                            .longValueExact());
        }
        throw new UnsupportedOperationException("The size of a window is a literal: INTERVAL '1' HOUR, for example");
    }

    private void join(Join join) {
        if (join.getJoinType() != JoinRelType.INNER && join.getJoinType() != JoinRelType.LEFT) {
            throw new UnsupportedOperationException(
                    join.getJoinType()
                            + " JOIN of a stream with a table has no answer: a row of the table may never be met; use INNER or LEFT JOIN");
        }
        List<Stage> tableStages = new ArrayList<>();
        Relation.SourceRelation table = table(join.getRight(), tableStages);
        visit(join.getLeft());
        if (aggregate != null) {
            throw new UnsupportedOperationException(
                    "An aggregate is joined in a step of its own: name it, and select from it");
        }
        JoinKeys keys = new JoinKeys(rexBuilder, join, table, tableStages);
        RelDataType joined = SqlDialect.types()
                .builder()
                .addAll(join.getLeft().getRowType().getFieldList())
                .addAll(join.getRowType()
                        .getFieldList()
                        .subList(
                                join.getLeft().getRowType().getFieldCount(),
                                join.getRowType().getFieldCount()))
                .build();
        before.add(new Stage.Lookup(
                PlannedTable.of(table),
                keys.leftKeys(),
                tableStages,
                join.getJoinType() == JoinRelType.LEFT,
                join.getLeft().getRowType(),
                joined));
        RexNode residual = RexUtil.composeConjunction(rexBuilder, keys.residual());
        if (!residual.isAlwaysTrue()) {
            if (join.getJoinType() == JoinRelType.LEFT) {
                throw new UnsupportedOperationException(
                        "A LEFT JOIN with a table is ON its key alone; put other conditions into a step before or after it");
            }
            before.add(new Stage.Filter(residual, joined));
        }
    }

    private Relation.SourceRelation table(RelNode node, List<Stage> stages) {
        if (node instanceof TableScan scan) {
            if (relation(scan) instanceof Relation.SourceRelation source && source.isTable()) {
                return source;
            }
            throw new UnsupportedOperationException(
                    "'" + relation(scan).name()
                            + "' is not a table source: a stream is joined with a source that is read `as: table`, to its right");
        }
        if (node instanceof Project project) {
            Relation.SourceRelation table = table(project.getInput(), stages);
            stages.add(project(project));
            return table;
        }
        if (node instanceof Filter filter) {
            Relation.SourceRelation table = table(filter.getInput(), stages);
            stages.add(new Stage.Filter(filter.getCondition(), filter.getRowType()));
            return table;
        }
        throw new UnsupportedOperationException(
                "The right side of a join is a source that is read `as: table`; make what it is a step first");
    }

    private void aggregate(Aggregate group) {
        visit(group.getInput());
        if (aggregate != null) {
            throw new UnsupportedOperationException("An aggregate of an aggregate is two steps: name the first one");
        }
        if (group.getGroupType() != Aggregate.Group.SIMPLE) {
            throw new UnsupportedOperationException("GROUPING SETS, ROLLUP and CUBE are not there yet");
        }
        WindowColumn window = windowColumn(group);
        EventTime eventTime = eventTime(window.stage());
        WindowAggregate.Functions functions = WindowAggregate.Functions.of(
                group.getAggCallList(), group.getInput().getRowType(), SqlDialect.types());
        aggregate = new WindowAggregate(
                step,
                storeName,
                group.getInput().getRowType(),
                group.getGroupSet().asList(),
                window.column(),
                window.isEnd(),
                window.stage().size().toMillis(),
                eventTime.delay().toMillis(),
                functions.functions(),
                functions.stateType());
    }

    /** The GROUP BY column that is a window's start or end, and the window. */
    private record WindowColumn(int column, boolean isEnd, Stage.Window stage) {}

    private WindowColumn windowColumn(Aggregate group) {
        for (int column : group.getGroupSet()) {
            int traced = column;
            for (int i = before.size() - 1; i >= 0 && traced >= 0; i--) {
                Stage stage = before.get(i);
                if (stage instanceof Stage.Window window) {
                    int width = window.inputType().getFieldCount();
                    if (traced >= width) {
                        return new WindowColumn(column, traced == width + 1, window);
                    }
                } else if (stage instanceof Stage.Project project) {
                    traced = project.inputOf(traced);
                } else if (stage instanceof Stage.Lookup lookup
                        && traced >= lookup.inputType().getFieldCount()) {
                    traced = -1;
                }
            }
        }
        throw new UnsupportedOperationException(
                "GROUP BY needs a window: FROM TABLE(TUMBLE(TABLE relation, DESCRIPTOR(time), INTERVAL '1' HOUR)) "
                        + "and window_start among the GROUP BY columns");
    }

    private EventTime eventTime(Stage.Window window) {
        String relation = java.util.Objects.requireNonNull(input);
        Relation from = relations.get(relation.toLowerCase(java.util.Locale.ROOT));
        EventTime eventTime = from == null ? null : from.eventTime();
        if (eventTime == null) {
            throw new UnsupportedOperationException("A window closes by event time, and '" + relation
                    + "' has none: say event_time: {" + relation + ": {column: …, delay: 5 MINUTES}}");
        }
        int traced = window.timeColumn();
        for (int i = before.size() - 2; i >= 0 && traced >= 0; i--) {
            if (before.get(i) instanceof Stage.Project project) {
                traced = project.inputOf(traced);
            }
        }
        if (from == null
                || traced < 0
                || !from.rowType().getFieldNames().get(traced).equalsIgnoreCase(eventTime.column())) {
            throw new UnsupportedOperationException("A window is over the event time of '" + relation
                    + "', which is its column " + eventTime.column() + ": DESCRIPTOR(" + eventTime.column() + ")");
        }
        return eventTime;
    }

    /** Where the GROUP BY columns stand in the step's rows. */
    private List<Integer> keyColumns() {
        int groups = java.util.Objects.requireNonNull(aggregate).groupColumns().size();
        List<Integer> keys = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int position = group;
            for (Stage stage : after) {
                if (stage instanceof Stage.Project project) {
                    position = indexOfReference(project.expressions(), position);
                    if (position < 0) {
                        throw new UnsupportedOperationException("The columns of GROUP BY are the key of '" + step
                                + "': SELECT all of them, as they are");
                    }
                }
            }
            keys.add(position);
        }
        return keys;
    }

    private static int indexOfReference(List<RexNode> expressions, int column) {
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof RexInputRef ref && ref.getIndex() == column) {
                return i;
            }
        }
        return -1;
    }
}
