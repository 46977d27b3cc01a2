package io.millrace.engine.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTumbleTableFunction;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * TUMBLE as Calcite reads it, but {@code window_start} and {@code window_end} are of the described column's own type: a
 * window over instants begins and ends at instants.
 */
final class Tumble extends SqlTumbleTableFunction {

    static final Tumble INSTANCE = new Tumble();

    private Tumble() {}

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return Tumble::rowType;
    }

    private static RelDataType rowType(SqlOperatorBinding binding) {
        RelDataType input = binding.getOperandType(0);
        RelDataType time = timeType(binding, input);
        return binding.getTypeFactory()
                .builder()
                .kind(input.getStructKind())
                .addAll(input.getFieldList())
                .add("window_start", time)
                .add("window_end", time)
                .build();
    }

    private static RelDataType timeType(SqlOperatorBinding binding, RelDataType input) {
        if (binding instanceof SqlCallBinding call
                && call.operand(1) instanceof SqlBasicCall descriptor
                && descriptor.operandCount() == 1) {
            SqlNode column = descriptor.operand(0);
            if (column instanceof SqlIdentifier identifier) {
                RelDataTypeField field =
                        input.getField(identifier.names.get(identifier.names.size() - 1), false, false);
                if (field != null) {
                    return binding.getTypeFactory().createTypeWithNullability(field.getType(), false);
                }
            }
        }
        return binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP);
    }
}
