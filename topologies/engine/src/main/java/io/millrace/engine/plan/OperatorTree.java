package io.millrace.engine.plan;

import io.millrace.engine.physical.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operators of a step as text for people, each above the ones that give it rows. */
final class OperatorTree {

    private OperatorTree() {}

    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        append(text, node, 0);
        return text.toString();
    }

    private static void append(StringBuilder text, Node node, int depth) {
        text.append("  ".repeat(depth)).append(line(node));
        if (node instanceof Node.Stateful stateful) {
            text.append("  store ").append(stateful.name());
            if (stateful.exchange() != null) {
                text.append("  repartition by ");
                List<String> keys = new ArrayList<>();
                for (int i = 0; i < stateful.exchange().size(); i++) {
                    keys.add(columns(node.inputs().get(i), stateful.exchange().get(i)));
                }
                text.append(String.join(" and ", keys));
            }
        }
        text.append('\n');
        node.inputs().forEach(input -> append(text, input, depth + 1));
    }

    private static String line(Node node) {
        if (node instanceof Node.Scan scan) {
            return (scan.traits().isChangelog() ? "changes of " : "rows of ") + scan.relation();
        }
        if (node instanceof Node.Filter filter) {
            return "filter " + filter.condition();
        }
        if (node instanceof Node.Project project) {
            return "project " + project.expressions();
        }
        if (node instanceof Node.AssignWindows windows) {
            return windows.windows().kind().name().toLowerCase(Locale.ROOT) + " by "
                    + name(windows.input(), windows.timeColumn());
        }
        if (node instanceof Node.Unnest unnest) {
            return "unnest " + unnest.collection();
        }
        if (node instanceof Node.Expand expand) {
            return "grouping sets " + expand.nulled().size();
        }
        if (node instanceof Node.Lookup lookup) {
            return (lookup.isLeft() ? "left " : "") + "lookup in "
                    + lookup.table().relation() + ", all of it";
        }
        if (node instanceof Node.ConstantJoin join) {
            return "join with " + join.right().rows().size() + " constant rows on " + join.condition();
        }
        if (node instanceof Node.Union) {
            return "union";
        }
        return stateful((Node.Stateful) node);
    }

    private static String stateful(Node.Stateful node) {
        if (node instanceof Node.Group group) {
            return "group by " + columns(group.input(), group.groups()) + ' ' + group.calls()
                    + closing(group.input(), group.window())
                    + (group.isOnClose() ? ", results then" : "");
        }
        if (node instanceof Node.Sessions sessions) {
            return "sessions of " + columns(sessions.input(), sessions.keys()) + ' ' + sessions.calls();
        }
        if (node instanceof Node.TableJoin join) {
            return join.type().lowerName + " join of tables"
                    + condition(
                            join.condition() == null ? null : join.condition().toString());
        }
        if (node instanceof Node.StreamTableJoin join) {
            return (join.isLeft() ? "left" : "inner") + " join of a stream with a table as it is then"
                    + condition(
                            join.condition() == null ? null : join.condition().toString());
        }
        if (node instanceof Node.StreamJoin join) {
            return join.type().lowerName + " join of streams, " + name(join.right(), join.rightTime()) + " - "
                    + name(join.left(), join.leftTime()) + " from " + join.lower() / join.tick() + " to "
                    + join.upper() / join.tick() + " ms"
                    + condition(
                            join.condition() == null ? null : join.condition().toString());
        }
        if (node instanceof Node.Rank rank) {
            return "first " + rank.limit() + " of " + columns(rank.input(), rank.partition()) + " by " + rank.order()
                    + closing(rank.input(), rank.window());
        }
        if (node instanceof Node.Over over) {
            return "over " + columns(over.input(), over.partition()) + " by " + name(over.input(), over.timeColumn());
        }
        if (node instanceof Node.WithConstants constants) {
            return "once " + constants.rows().size() + " constant rows";
        }
        return "rows in the order of their key";
    }

    private static String closing(Node input, Node.@Nullable Closing closing) {
        return closing == null
                ? ", kept for ever"
                : ", kept until "
                        + name(input, closing.column())
                        + (closing.plus() == 0 ? "" : " + " + closing.plus() / closing.tick() + " ms");
    }

    private static String condition(@Nullable String condition) {
        return condition == null ? "" : " where " + condition;
    }

    private static String columns(Node node, List<Integer> columns) {
        return columns.stream().map(column -> name(node, column)).toList().toString();
    }

    private static String name(Node node, int column) {
        return node.rowType().getFieldNames().get(column);
    }
}
