package io.millrace.engine.plan;

import io.millrace.engine.physical.Node;
import io.millrace.engine.physical.Ranking;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;

/** Whether the rows of a step can stand on a topic where they change. */
final class ChangingRows {

    private ChangingRows() {}

    /**
     * Rows that change are told apart on a topic by their key.
     *
     * @throws UnsupportedOperationException when they have none; the message says why
     */
    static void requireKey(String step, Node node) {
        if (node.traits().isChangelog() && node.traits().keys().isEmpty()) {
            node.visit(ChangingRows::requireRowsApart);
            node.visit(ChangingRows::requirePresentKeys);
            throw new UnsupportedOperationException("The rows of '" + step
                    + "' change, and nothing in them says which is which: SELECT "
                    + missingKey(node) + " as they are");
        }
    }

    /** Rows of a stream are told apart by their number alone, and those that rank alike not even by that. */
    private static void requireRowsApart(Node node) {
        if (node instanceof Node.Rank rank
                && rank.ranking() != Ranking.ROW_NUMBER
                && !rank.input().traits().isChangelog()) {
            throw new UnsupportedOperationException("Rows of a stream that are alike have the same " + rank.ranking()
                    + "(), and nothing tells them apart when they change: use ROW_NUMBER(), or rank a table");
        }
    }

    private static void requirePresentKeys(Node node) {
        if (node instanceof Node.TableJoin join
                && join.type() == JoinRelType.FULL
                && join.traits().keys().isEmpty()
                && !join.left().traits().keys().isEmpty()
                && !join.right().traits().keys().isEmpty()) {
            throw new UnsupportedOperationException(
                    "What tells the rows of a FULL JOIN apart may be null on both sides, so that two rows "
                            + "without a partner are alike: leave these out of one side, WHERE key IS NOT NULL");
        }
    }

    private static String missingKey(Node node) {
        List<String> names = new ArrayList<>();
        node.visit(below -> {
            if (names.isEmpty() && !below.traits().keys().isEmpty()) {
                below.traits()
                        .keys()
                        .get(0)
                        .columns()
                        .forEach(column ->
                                names.add(below.rowType().getFieldNames().get(column)));
            }
        });
        return names.isEmpty() ? "the columns that do, all of them," : "all of its key, " + names + ",";
    }
}
