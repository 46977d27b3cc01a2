package io.millrace.engine.plan;

import io.millrace.document.OnError;
import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.operator.Calculation;
import io.millrace.engine.operator.ConstantRows;
import io.millrace.engine.operator.Expansion;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.operator.SectionProcessor;
import io.millrace.engine.operator.TableLookup;
import io.millrace.engine.operator.Unnesting;
import io.millrace.engine.operator.WindowAssigner;
import io.millrace.engine.physical.Node;
import io.millrace.engine.sql.CompiledExpressions;
import io.millrace.engine.sql.SqlDialect;
import io.millrace.engine.stateful.ConstantsOperator;
import io.millrace.engine.stateful.GroupOperator;
import io.millrace.engine.stateful.JoinCondition;
import io.millrace.engine.stateful.MaterialiseOperator;
import io.millrace.engine.stateful.OverOperator;
import io.millrace.engine.stateful.RankOperator;
import io.millrace.engine.stateful.SessionOperator;
import io.millrace.engine.stateful.StreamJoinOperator;
import io.millrace.engine.stateful.StreamTableJoinOperator;
import io.millrace.engine.stateful.TableJoinOperator;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a step's nodes, one by one.
 *
 * @param failures what becomes of the rows that they fail on
 */
record NodeOperators(RexBuilder rexBuilder, Failures failures) {

    /**
     * The operator of a node that keeps nothing, and is neither a scan nor a union.
     *
     * @param next what its rows go to
     */
    OperatorFactory stateless(Node node, OperatorFactory next) {
        if (node instanceof Node.Filter filter) {
            return Calculation.filter(
                    compile(List.of(filter.condition()), filter.rowType()), filter.rowType(), failures, next);
        }
        if (node instanceof Node.Project project) {
            RelDataType inputType = project.input().rowType();
            List<CompiledExpressions> single = failures.onError() == OnError.NULL
                    ? project.expressions().stream()
                            .map(expression -> compile(List.of(expression), inputType))
                            .toList()
                    : List.of();
            return Calculation.project(compile(project.expressions(), inputType), single, inputType, failures, next);
        }
        if (node instanceof Node.AssignWindows windows) {
            return WindowAssigner.of(windows.timeColumn(), windows.windows(), next);
        }
        if (node instanceof Node.Expand expand) {
            return Expansion.of(expand.nulled(), next);
        }
        if (node instanceof Node.Unnest unnest) {
            List<Integer> widths = unnest.collection().stream()
                    .map(collection -> elementWidth(collection.getType()))
                    .toList();
            return Unnesting.of(
                    compile(unnest.collection(), unnest.input().rowType()),
                    widths,
                    unnest.withOrdinality(),
                    unnest.isLeft(),
                    unnest.input().rowType(),
                    failures,
                    next);
        }
        if (node instanceof Node.ConstantJoin join) {
            return ConstantRows.join(
                    constants(join.right().rows()),
                    join.right().rowType().getFieldCount(),
                    compile(List.of(join.condition()), join.sideBySide()),
                    join.isLeft(),
                    join.left().rowType(),
                    failures,
                    next);
        }
        Node.Lookup lookup = (Node.Lookup) node;
        TableLookup.Spec spec = new TableLookup.Spec(
                lookup.table(),
                compile(lookup.key(), lookup.input().rowType()),
                tableRow(lookup.tableRow(), TableLookup.CAPTURE),
                lookup.type(),
                condition(lookup.condition(), lookup.sideBySide()).expression(),
                lookup.tableRow().rowType().getFieldCount(),
                lookup.input().rowType(),
                failures);
        return TableLookup.join(spec, next);
    }

    private OperatorFactory tableRow(Node node, OperatorFactory next) {
        return node instanceof Node.Scan ? next : tableRow(node.inputs().get(0), stateless(node, next));
    }

    /** How many columns an element of a collection gives; -1 when it is one value. */
    private static int elementWidth(RelDataType collection) {
        if (collection.getKeyType() != null) {
            return 2;
        }
        RelDataType element = collection.getComponentType();
        return element != null && element.isStruct() ? element.getFieldCount() : -1;
    }

    /** The operators of a node behind a repartition, one for each of its inputs. */
    SectionProcessor.Inputs inputs(Node.Stateful node, OperatorFactory next) {
        if (node instanceof Node.TableJoin join) {
            return TableJoinOperator.of(join, condition(join.condition(), join.sideBySide()), failures, next);
        }
        if (node instanceof Node.StreamJoin join) {
            return StreamJoinOperator.of(join, condition(join.condition(), join.sideBySide()), failures, next);
        }
        if (node instanceof Node.StreamTableJoin join) {
            return StreamTableJoinOperator.of(join, condition(join.condition(), join.sideBySide()), failures, next);
        }
        OperatorFactory operator = single(node, next);
        return context -> new Operator[] {operator.create(context)};
    }

    /** The operator of a node with one input. */
    OperatorFactory single(Node.Stateful node, OperatorFactory next) {
        if (node instanceof Node.Group group) {
            Aggregates aggregates = NodeStores.aggregates(group.calls(), group.input(), group.timeColumn());
            return GroupOperator.of(group, aggregates, failures, next);
        }
        if (node instanceof Node.Sessions sessions) {
            Aggregates aggregates = NodeStores.aggregates(sessions.calls(), sessions.input(), sessions.timeColumn());
            return SessionOperator.of(sessions, aggregates, failures, next);
        }
        if (node instanceof Node.Rank rank) {
            return RankOperator.of(rank, failures, next);
        }
        if (node instanceof Node.Over over) {
            List<Aggregates> aggregates = over.functions().stream()
                    .map(function -> NodeStores.aggregates(over, function))
                    .toList();
            return OverOperator.of(over, aggregates, failures, next);
        }
        if (node instanceof Node.WithConstants constants) {
            return ConstantsOperator.of(constants.name(), constants(constants.rows()), failures, next);
        }
        return MaterialiseOperator.of((Node.Materialise) node, next);
    }

    private List<CompiledExpressions> constants(List<List<RexNode>> rows) {
        RelDataType none = SqlDialect.types().builder().build();
        return rows.stream().map(row -> compile(row, none)).toList();
    }

    private JoinCondition condition(@Nullable RexNode condition, RelDataType rowType) {
        return new JoinCondition(condition == null ? null : compile(List.of(condition), rowType));
    }

    private CompiledExpressions compile(List<? extends RexNode> expressions, RelDataType rowType) {
        return CompiledExpressions.compile(rexBuilder, expressions, rowType);
    }
}
