package io.millrace.engine.explain;

import io.millrace.engine.physical.Closing;
import io.millrace.engine.physical.Node;
import io.millrace.engine.physical.OverFunction;
import io.millrace.engine.physical.Ranking;
import io.millrace.engine.plan.ConditionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** What an operator does, in a line for people. */
final class OperatorText {

    private OperatorText() {}

    /** The columns by which an operator's rows are brought together; empty when they are already. */
    static String repartition(Node node) {
        if (!(node instanceof Node.Stateful stateful) || stateful.exchange() == null) {
            return "";
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < stateful.exchange().size(); i++) {
            keys.add(columns(node.inputs().get(i), stateful.exchange().get(i)));
        }
        return String.join(" and ", keys);
    }

    static String of(Node node) {
        if (node instanceof Node.Scan scan) {
            return (scan.traits().isChangelog() ? "changes of " : "rows of ") + scan.relation();
        }
        if (node instanceof Node.Filter filter) {
            return "filter " + ConditionText.of(filter.condition(), filter.rowType());
        }
        if (node instanceof Node.Project project) {
            return "project " + projected(project);
        }
        if (node instanceof Node.AssignWindows windows) {
            return windows.windows().kind().name().toLowerCase(Locale.ROOT) + " by "
                    + name(windows.input(), windows.timeColumn());
        }
        if (node instanceof Node.Unnest unnest) {
            return "unnest "
                    + unnest.collection().stream()
                            .map(collection ->
                                    ConditionText.of(collection, unnest.input().rowType()))
                            .collect(Collectors.joining(", "));
        }
        if (node instanceof Node.Expand expand) {
            return expand.nulled().size() + " grouping sets";
        }
        if (node instanceof Node.Lookup lookup) {
            return (lookup.type() == JoinRelType.INNER ? "" : lookup.type().lowerName + ' ') + "lookup in "
                    + lookup.table().relation() + ", all of it, by "
                    + lookup.key().stream()
                            .map(key -> ConditionText.of(key, lookup.input().rowType()))
                            .collect(Collectors.joining(", "))
                    + where(lookup.condition(), lookup.sideBySide());
        }
        if (node instanceof Node.ConstantJoin join) {
            return "join with " + join.right().rows().size() + " constant rows on "
                    + ConditionText.of(join.condition(), join.sideBySide());
        }
        return node instanceof Node.Union ? "union" : stateful((Node.Stateful) node);
    }

    private static String projected(Node.Project project) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            RexNode expression = project.expressions().get(i);
            String text = ConditionText.of(expression, project.input().rowType());
            String name = name(project, i);
            columns.add(expression instanceof RexInputRef && text.equals(name) ? name : text + " AS " + name);
        }
        return String.join(", ", columns);
    }

    private static String stateful(Node.Stateful node) {
        if (node instanceof Node.Group group) {
            return "group by " + columns(group.input(), group.groups()) + ": " + calls(group.input(), group.calls())
                    + closing(group.input(), group.window())
                    + (group.isOnClose() ? ", results then" : "");
        }
        if (node instanceof Node.Sessions sessions) {
            return "sessions of " + columns(sessions.input(), sessions.keys()) + ": "
                    + calls(sessions.input(), sessions.calls());
        }
        if (node instanceof Node.TableJoin join) {
            return join.type().lowerName + " join of tables" + where(join.condition(), join.sideBySide());
        }
        if (node instanceof Node.StreamTableJoin join) {
            return join.type().lowerName + " join of a stream with a table as it is then"
                    + where(join.condition(), join.sideBySide());
        }
        if (node instanceof Node.StreamJoin join) {
            return join.type().lowerName + " join of streams, " + name(join.right(), join.rightTime()) + " - "
                    + name(join.left(), join.leftTime()) + " from " + join.lower() / join.tick() + " to "
                    + join.upper() / join.tick() + " ms" + where(join.condition(), join.sideBySide());
        }
        if (node instanceof Node.Rank rank) {
            return "first " + rank.limit() + " of " + columns(rank.input(), rank.partition()) + " by "
                    + rank.order().stream()
                            .map(order -> order(rank.input(), order))
                            .collect(Collectors.joining(", "))
                    + (rank.ranking() == Ranking.ROW_NUMBER ? "" : ", " + rank.ranking())
                    + closing(rank.input(), rank.window());
        }
        if (node instanceof Node.Over over) {
            return "over " + columns(over.input(), over.partition()) + " by " + name(over.input(), over.timeColumn())
                    + ": "
                    + calls(
                            over.input(),
                            over.functions().stream().map(OverFunction::call).toList());
        }
        if (node instanceof Node.WithConstants constants) {
            return "once " + constants.rows().size() + " constant rows";
        }
        return "rows in the order of their key";
    }

    private static String order(Node input, RelFieldCollation order) {
        return name(input, order.getFieldIndex()) + (order.getDirection().isDescending() ? " descending" : "");
    }

    private static String calls(Node input, List<AggregateCall> calls) {
        return calls.stream()
                .map(call -> call.getAggregation().getName()
                        + call.getArgList().stream()
                                .map(column -> name(input, column))
                                .collect(Collectors.joining(", ", call.isDistinct() ? "(DISTINCT " : "(", ")"))
                        + (call.filterArg < 0 ? "" : " filtered by " + name(input, call.filterArg)))
                .collect(Collectors.joining(", "));
    }

    private static String closing(Node input, @Nullable Closing closing) {
        return closing == null
                ? ", kept for ever"
                : ", kept until "
                        + name(input, closing.column())
                        + (closing.plus() == 0 ? "" : " + " + closing.plus() / closing.tick() + " ms");
    }

    private static String where(@Nullable RexNode condition, RelDataType sideBySide) {
        return condition == null ? "" : " where " + ConditionText.of(condition, sideBySide);
    }

    private static String columns(Node node, List<Integer> columns) {
        return columns.isEmpty()
                ? "everything"
                : columns.stream().map(column -> name(node, column)).collect(Collectors.joining(", "));
    }

    private static String name(Node node, int column) {
        return node.rowType().getFieldNames().get(column);
    }
}
