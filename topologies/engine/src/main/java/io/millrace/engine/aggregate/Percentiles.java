package io.millrace.engine.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Puts one's own percentiles into the place of those that Calcite's parser chooses by itself, before any operator table is
 * asked. A FILTER behind a percentile, which Calcite cannot type, becomes a CASE in its ORDER BY: nulls are skipped.
 */
final class Percentiles extends SqlBasicVisitor<@Nullable Void> {

    private final SqlOperator continuous;
    private final SqlOperator discrete;

    Percentiles(SqlOperator continuous, SqlOperator discrete) {
        this.continuous = continuous;
        this.discrete = discrete;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlBasicCall basic) {
            if (basic.getOperator().equals(SqlStdOperatorTable.PERCENTILE_CONT)) {
                basic.setOperator(continuous);
            } else if (basic.getOperator().equals(SqlStdOperatorTable.PERCENTILE_DISC)) {
                basic.setOperator(discrete);
            } else if (basic.getKind() == SqlKind.FILTER
                    && basic.operand(0) instanceof SqlBasicCall ordered
                    && ordered.getKind() == SqlKind.WITHIN_GROUP
                    && isPercentile(ordered.operand(0))) {
                filterByOrder(basic, ordered);
            }
        }
        return super.visit(call);
    }

    private static boolean isPercentile(SqlNode function) {
        return function.getKind() == SqlKind.PERCENTILE_CONT || function.getKind() == SqlKind.PERCENTILE_DISC;
    }

    private static void filterByOrder(SqlBasicCall filter, SqlBasicCall ordered) {
        SqlNode condition = filter.operand(1);
        List<SqlNode> order = new ArrayList<>();
        for (SqlNode column : (SqlNodeList) ordered.operand(1)) {
            order.add(filtered(column, condition));
        }
        SqlParserPos position = ordered.getParserPosition();
        SqlNode function = ordered.operand(0);
        filter.setOperator(SqlStdOperatorTable.WITHIN_GROUP);
        filter.setOperand(0, function);
        filter.setOperand(1, new SqlNodeList(order, position));
    }

    private static SqlNode filtered(SqlNode column, SqlNode condition) {
        if (column instanceof SqlBasicCall direction
                && (direction.getKind() == SqlKind.DESCENDING
                        || direction.getKind() == SqlKind.NULLS_FIRST
                        || direction.getKind() == SqlKind.NULLS_LAST)) {
            direction.setOperand(0, filtered(direction.operand(0), condition));
            return direction;
        }
        SqlParserPos position = column.getParserPosition();
        return SqlCase.createSwitched(
                position,
                null,
                new SqlNodeList(List.of(condition), position),
                new SqlNodeList(List.of(column), position),
                SqlLiteral.createNull(position));
    }
}
