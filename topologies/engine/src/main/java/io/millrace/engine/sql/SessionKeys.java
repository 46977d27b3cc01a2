package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code SESSION(TABLE t PARTITION BY k, DESCRIPTOR(time), gap)} as {@code SESSION(TABLE t, DESCRIPTOR(time), DESCRIPTOR(k), gap)}, which is
 * how Calcite's SESSION is told of the key: of a partitioned table it makes a query that the rows of another are not in.
 */
final class SessionKeys extends SqlShuttle {

    private SessionKeys() {}

    static SqlNode rewrite(SqlNode query) {
        SqlNode rewritten = query.accept(new SessionKeys());
        return rewritten == null ? query : rewritten;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (visited instanceof SqlBasicCall session
                && session.getOperator().getName().equalsIgnoreCase("SESSION")
                && session.operandCount() == 3
                && session.operand(0).getKind() == SqlKind.SET_SEMANTICS_TABLE) {
            SqlBasicCall table = (SqlBasicCall) session.operand(0);
            SqlNodeList keys = (SqlNodeList) table.operand(1);
            List<SqlNode> operands = new ArrayList<>();
            operands.add(table.operand(0));
            operands.add(session.operand(1));
            if (!keys.isEmpty()) {
                operands.add(SqlStdOperatorTable.DESCRIPTOR.createCall(keys.getParserPosition(), keys.getList()));
            }
            operands.add(session.operand(2));
            return session.getOperator()
                    .createCall(session.getFunctionQuantifier(), session.getParserPosition(), operands);
        }
        return visited;
    }
}
