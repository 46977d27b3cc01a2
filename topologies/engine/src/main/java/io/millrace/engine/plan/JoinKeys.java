package io.millrace.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Which expressions of the left side meet the key columns of the table, and what of the condition is left over. */
final class JoinKeys {

    private final RexBuilder rexBuilder;
    private final @Nullable RexNode[] leftByKey;
    private final List<RexNode> residual = new ArrayList<>();

    JoinKeys(RexBuilder rexBuilder, Join join, Relation.SourceRelation table, List<Stage> tableStages) {
        this.rexBuilder = rexBuilder;
        List<Integer> keyColumns = table.keyColumns();
        leftByKey = new RexNode[keyColumns.size()];
        JoinInfo info = join.analyzeCondition();
        for (int i = 0; i < info.leftKeys.size(); i++) {
            int left = info.leftKeys.get(i);
            int right = info.rightKeys.get(i);
            int key = keyColumns.indexOf(tableColumn(right, tableStages));
            if (key >= 0 && leftByKey[key] == null) {
                leftByKey[key] = rexBuilder.makeInputRef(join.getLeft(), left);
            } else {
                residual.add(equal(join, left, right));
            }
        }
        residual.addAll(info.nonEquiConditions);
        for (int i = 0; i < leftByKey.length; i++) {
            if (leftByKey[i] == null) {
                throw new UnsupportedOperationException("The join must give all of the key of '" + table.name()
                        + "', which is " + table.key() + ": " + table.key().get(i) + " is missing from its condition");
            }
        }
    }

    List<RexNode> leftKeys() {
        List<RexNode> keys = new ArrayList<>();
        for (RexNode key : leftByKey) {
            keys.add(Objects.requireNonNull(key));
        }
        return keys;
    }

    List<RexNode> residual() {
        return residual;
    }

    private RexNode equal(Join join, int left, int right) {
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        return rexBuilder.makeCall(
                SqlStdOperatorTable.EQUALS,
                rexBuilder.makeInputRef(join.getLeft(), left),
                rexBuilder.makeInputRef(
                        join.getRight().getRowType().getFieldList().get(right).getType(), leftWidth + right));
    }

    /** The column of the table that a column behind its stages is, or -1 when it is computed. */
    private static int tableColumn(int column, List<Stage> stages) {
        int found = column;
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (found >= 0 && stages.get(i) instanceof Stage.Project project) {
                found = project.inputOf(found);
            }
        }
        return found;
    }
}
