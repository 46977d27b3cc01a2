package io.millrace.engine.sql;

import java.util.Objects;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** {@link MicrosecondFunctions} as operators of expressions; nobody writes them in SQL. */
final class MicrosecondOperators {

    static final SqlOperator PLUS = bigint("plus");
    static final SqlOperator MINUS = bigint("minus");
    static final SqlOperator TIMES = bigint("times");
    static final SqlOperator DIVIDE = bigint("divide");
    static final SqlOperator FLOOR_DIV = bigint("floorDiv");
    static final SqlOperator CEIL_DIV = bigint("ceilDiv");
    static final SqlOperator FLOOR_MOD = bigint("floorMod");
    static final SqlOperator CUT = bigint("cut");
    static final SqlOperator INTERVAL_MILLIS = bigint("intervalMillis");
    static final SqlOperator INTEGER = operator("integer", ReturnTypes.INTEGER_NULLABLE);
    static final SqlOperator PLUS_MONTHS = bigint("plusMonths");
    static final SqlOperator MONTHS_BETWEEN = operator("monthsBetween", ReturnTypes.INTEGER_NULLABLE);
    static final SqlOperator TIMESTAMP_TEXT = operator("timestampText", ReturnTypes.VARCHAR_NULLABLE);
    static final SqlOperator TIME_TEXT = operator("timeText", ReturnTypes.VARCHAR_NULLABLE);
    static final SqlOperator TIMESTAMP = bigint("timestamp");
    static final SqlOperator TIMESTAMP_OR_NULL = operator("timestampOrNull", ReturnTypes.BIGINT_FORCE_NULLABLE);
    static final SqlOperator TIME = bigint("time");
    static final SqlOperator TIME_OR_NULL = operator("timeOrNull", ReturnTypes.BIGINT_FORCE_NULLABLE);

    private MicrosecondOperators() {}

    private static SqlOperator bigint(String method) {
        return operator(method, ReturnTypes.BIGINT_NULLABLE);
    }

    private static SqlOperator operator(String method, SqlReturnTypeInference type) {
        return new SqlUserDefinedFunction(
                new SqlIdentifier("$" + method, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                type,
                InferTypes.RETURN_TYPE,
                null,
                Objects.requireNonNull(
                        ScalarFunctionImpl.create(MicrosecondFunctions.class, method), "there is such a method"));
    }
}
