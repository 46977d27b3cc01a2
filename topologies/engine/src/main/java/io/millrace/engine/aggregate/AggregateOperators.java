package io.millrace.engine.aggregate;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/**
 * The aggregate functions that Calcite lacks or gives another type than it should: in an operator table they take the place of
 * all functions of their names.
 */
public final class AggregateOperators {

    private static final int MAX_COUNT = 10_000;

    /** A value and how many of something are asked for. */
    private static final SqlOperandTypeChecker VALUE_AND_NUMBER = OperandTypes.sequence(
            "'<FUNCTION>(<ANY>, <POSITIVE INTEGER LITERAL>)'", OperandTypes.ANY, OperandTypes.POSITIVE_INTEGER_LITERAL);

    private static final SqlOperandTypeChecker VALUE_AND_FRACTION = OperandTypes.sequence(
            "'APPROX_PERCENTILE(<ANY>, <FRACTION LITERAL>)'",
            OperandTypes.ANY,
            OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL);

    private static final SqlOperandTypeChecker QUANTITY =
            OperandTypes.or(OperandTypes.NUMERIC, OperandTypes.DATETIME, OperandTypes.INTERVAL);

    private static final SqlReturnTypeInference INTERPOLATED_ARGUMENT =
            nullable(binding -> interpolated(binding, binding.getOperandType(0)));

    private static final SqlReturnTypeInference INTERPOLATED_ORDER =
            nullable(binding -> interpolated(binding, binding.getCollationType()));

    private static final SqlReturnTypeInference NULLABLE_DOUBLE =
            nullable(binding -> binding.getTypeFactory().createSqlType(SqlTypeName.DOUBLE));

    private static final SqlOperator PERCENTILE_CONT =
            percentile("PERCENTILE_CONT", SqlKind.PERCENTILE_CONT, INTERPOLATED_ORDER);

    private static final SqlOperator PERCENTILE_DISC =
            percentile("PERCENTILE_DISC", SqlKind.PERCENTILE_DISC, nullable(SqlOperatorBinding::getCollationType));

    /** The functions; an operator table with them has no others of their names. */
    public static final List<SqlOperator> LIST = List.of(
            ordered("FIRST_VALUE", SqlKind.FIRST_VALUE),
            ordered("LAST_VALUE", SqlKind.LAST_VALUE),
            of("MEDIAN", SqlKind.OTHER_FUNCTION, INTERPOLATED_ARGUMENT, QUANTITY),
            PERCENTILE_CONT,
            PERCENTILE_DISC,
            of("APPROX_QUANTILES", SqlKind.OTHER_FUNCTION, nullable(AggregateOperators::quantiles), VALUE_AND_NUMBER),
            of(
                    "APPROX_PERCENTILE",
                    SqlKind.OTHER_FUNCTION,
                    nullable(binding -> binding.getOperandType(0)),
                    VALUE_AND_FRACTION),
            of("APPROX_TOP_COUNT", SqlKind.OTHER_FUNCTION, nullable(AggregateOperators::topCounts), VALUE_AND_NUMBER),
            pair("COVAR_POP", SqlKind.COVAR_POP),
            pair("COVAR_SAMP", SqlKind.COVAR_SAMP),
            pair("CORR", SqlKind.OTHER_FUNCTION),
            pair("REGR_SXX", SqlKind.REGR_SXX),
            pair("REGR_SYY", SqlKind.REGR_SYY),
            pair("REGR_SXY", SqlKind.OTHER_FUNCTION),
            pair("REGR_AVGX", SqlKind.OTHER_FUNCTION),
            pair("REGR_AVGY", SqlKind.OTHER_FUNCTION),
            pair("REGR_SLOPE", SqlKind.OTHER_FUNCTION),
            pair("REGR_INTERCEPT", SqlKind.OTHER_FUNCTION),
            pair("REGR_R2", SqlKind.OTHER_FUNCTION));

    private AggregateOperators() {}

    /**
     * Changes a query as the parser gave it, so that its percentiles are those of {@link #LIST}: the parser knows the
     * functions of these names itself and asks no operator table.
     */
    public static void choosePercentiles(SqlNode parsed) {
        parsed.accept(new Percentiles(PERCENTILE_CONT, PERCENTILE_DISC));
    }

    private static SqlBasicAggFunction of(
            String name, SqlKind kind, SqlReturnTypeInference type, SqlOperandTypeChecker arguments) {
        return SqlBasicAggFunction.create(name, kind, type, arguments)
                .withFunctionType(SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static SqlOperator percentile(String name, SqlKind kind, SqlReturnTypeInference type) {
        return of(name, kind, type, OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
                .withGroupOrder(Optionality.MANDATORY)
                .withPercentile(true);
    }

    private static SqlOperator ordered(String name, SqlKind kind) {
        return of(name, kind, ReturnTypes.ARG0_NULLABLE_IF_EMPTY, OperandTypes.ANY)
                .withGroupOrder(Optionality.OPTIONAL)
                .withAllowsNullTreatment(true)
                .withAllowsFraming(true);
    }

    private static SqlOperator pair(String name, SqlKind kind) {
        return of(name, kind, NULLABLE_DOUBLE, OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC));
    }

    private static SqlReturnTypeInference nullable(SqlReturnTypeInference type) {
        return type.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    }

    /** Between two whole numbers lies one that is not, and between two decimals one with more digits. */
    private static RelDataType interpolated(SqlOperatorBinding binding, RelDataType values) {
        RelDataTypeFactory types = binding.getTypeFactory();
        return SqlTypeFamily.NUMERIC.contains(values) ? types.getTypeSystem().deriveAvgAggType(types, values) : values;
    }

    private static RelDataType quantiles(SqlOperatorBinding binding) {
        requireCount(binding);
        return binding.getTypeFactory().createArrayType(binding.getOperandType(0), -1);
    }

    private static RelDataType topCounts(SqlOperatorBinding binding) {
        requireCount(binding);
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType row = types.builder()
                .add("value", types.createTypeWithNullability(binding.getOperandType(0), false))
                .add("count", SqlTypeName.BIGINT)
                .build();
        return types.createArrayType(row, -1);
    }

    /** The literal can be seen while the query is validated, and only then. */
    private static void requireCount(SqlOperatorBinding binding) {
        if (binding instanceof SqlCallBinding && binding.isOperandLiteral(1, true)) {
            Integer count = binding.getOperandLiteralValue(1, Integer.class);
            if (count == null || count < 1 || count > MAX_COUNT) {
                throw new UnsupportedOperationException(binding.getOperator().getName()
                        + " takes a number between 1 and " + MAX_COUNT + " as its second argument");
            }
        }
    }
}
