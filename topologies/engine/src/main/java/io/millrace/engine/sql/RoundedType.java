package io.millrace.engine.sql;

import java.math.BigDecimal;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The types of ROUND and TRUNCATE. Of a DECIMAL they have the digits that are asked for behind the point, and ROUND one more in front of
 * it, since 9.5 becomes 10; to Calcite all are of the type of the operand.
 */
final class RoundedType {

    private static final Set<String> NAMES = Set.of("ROUND", "TRUNCATE", "TRUNC");

    private RoundedType() {}

    /** The operator with its type put right, if it is one of these. */
    static SqlOperator of(SqlOperator operator) {
        if (!NAMES.contains(operator.getName()) || !(operator instanceof SqlBasicFunction function)) {
            return operator;
        }
        SqlReturnTypeInference others = function.getReturnTypeInference();
        return function.withReturnTypeInference(binding -> {
            RelDataType type = binding.getOperandType(0);
            return type.getSqlTypeName() == SqlTypeName.DECIMAL
                    ? decimal(binding, type, operator.getName().equals("ROUND"))
                    : others.inferReturnType(binding);
        });
    }

    private static RelDataType decimal(SqlOperatorBinding binding, RelDataType type, boolean isRound) {
        RelDataTypeFactory types = binding.getTypeFactory();
        int scale = scale(binding, type.getScale());
        int digits = type.getPrecision() - type.getScale() + scale + (isRound ? 1 : 0);
        int max = types.getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL);
        boolean isNullable = binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        return types.createTypeWithNullability(
                types.createSqlType(SqlTypeName.DECIMAL, Math.max(1, Math.min(digits, max)), scale), isNullable);
    }

    private static int scale(SqlOperatorBinding binding, int scale) {
        if (binding.getOperandCount() < 2) {
            return 0;
        }
        BigDecimal digits = binding.isOperandLiteral(1, false)
                ? binding.getOperandLiteralValue(1, BigDecimal.class)
                : BigDecimal.valueOf(scale);
        return digits == null ? scale : Math.max(0, Math.min(scale, digits.intValue()));
    }
}
