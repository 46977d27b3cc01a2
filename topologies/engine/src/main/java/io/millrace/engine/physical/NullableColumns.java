package io.millrace.engine.physical;

import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.SqlKind;

/** Which columns may hold a null: by their types, and by the conditions that their rows have met. */
final class NullableColumns {

    private NullableColumns() {}

    static boolean isNullable(Node node, int column) {
        if (!node.rowType().getFieldList().get(column).getType().isNullable()) {
            return false;
        }
        if (node instanceof Node.Filter filter) {
            return RelOptUtil.conjunctions(filter.condition()).stream()
                            .noneMatch(condition -> condition.getKind() == SqlKind.IS_NOT_NULL
                                    && RelOptUtil.InputFinder.bits(condition).get(column)
                                    && condition instanceof RexCall call
                                    && call.getOperands().get(0) instanceof RexInputRef)
                    && isNullable(filter.input(), column);
        }
        if (node instanceof Node.Project project) {
            return !(project.expressions().get(column) instanceof RexInputRef ref)
                    || isNullable(project.input(), ref.getIndex());
        }
        if (node instanceof Node.Group group && column < group.groups().size()) {
            return isNullable(group.input(), group.groups().get(column));
        }
        return true;
    }
}
