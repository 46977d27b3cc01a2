package io.millrace.engine.sql;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** How calls become expressions: as Calcite has it, but where another function would take the place of one. */
final class Convertlets {

    /** The square root of -Infinity is NaN, where its power of 0.5 is Infinity. */
    private static final SqlRexConvertlet SQUARE_ROOT = (context, call) ->
            StandardConvertletTable.INSTANCE.convertFunction(context, (SqlFunction) call.getOperator(), call);

    static final SqlRexConvertletTable TABLE = call -> {
        if (call.getOperator().equals(SqlStdOperatorTable.SQRT)) {
            return SQUARE_ROOT;
        }
        return call.getKind() == SqlKind.MOD
                ? RemainderOperators.CONVERTLET
                : StandardConvertletTable.INSTANCE.get(call);
    };

    private Convertlets() {}
}
