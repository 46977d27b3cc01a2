package io.millrace.engine.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindowTableFunction;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * A windowing table function: the columns of its table, then {@code window_start}, {@code window_end} and {@code window_time}, the last instant
 * in the window, all of the described column's own type: a window over instants begins and ends at instants. The functions and their
 * parameters are those of Apache Flink's SQL.
 */
final class WindowFunction extends SqlWindowTableFunction {

    /** {@code TUMBLE(TABLE t, DESCRIPTOR(time), size [, offset])}. */
    static final WindowFunction TUMBLE = new WindowFunction("TUMBLE", 3, List.of("DATA", "TIMECOL", "SIZE", "OFFSET"));

    /** {@code HOP(TABLE t, DESCRIPTOR(time), slide, size [, offset])}. */
    static final WindowFunction HOP =
            new WindowFunction("HOP", 4, List.of("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"));

    /** {@code CUMULATE(TABLE t, DESCRIPTOR(time), step, size [, offset])}. */
    static final WindowFunction CUMULATE =
            new WindowFunction("CUMULATE", 4, List.of("DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"));

    /** {@code SESSION(TABLE t PARTITION BY key, DESCRIPTOR(time), gap)}. */
    static final WindowFunction SESSION = new WindowFunction("SESSION", 3, List.of("DATA", "TIMECOL", "KEY", "GAP"));

    static final List<WindowFunction> ALL = List.of(TUMBLE, HOP, CUMULATE, SESSION);

    private WindowFunction(String name, int required, List<String> parameters) {
        super(name, new Operands(required, parameters));
    }

    @Override
    public SqlReturnTypeInference getRowTypeInference() {
        return WindowFunction::rowType;
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
                .add("window_time", time)
                .build();
    }

    private static RelDataType timeType(SqlOperatorBinding binding, RelDataType input) {
        if (binding instanceof SqlCallBinding call && call.operand(1) instanceof SqlBasicCall descriptor) {
            RelDataTypeField field = timeColumn(descriptor, input);
            if (field != null) {
                return binding.getTypeFactory().createTypeWithNullability(field.getType(), false);
            }
        }
        return binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP);
    }

    private static @Nullable RelDataTypeField timeColumn(SqlBasicCall descriptor, RelDataType input) {
        if (descriptor.getKind() != SqlKind.DESCRIPTOR
                || descriptor.operandCount() != 1
                || !(descriptor.operand(0) instanceof SqlIdentifier identifier)) {
            return null;
        }
        return input.getField(identifier.names.get(identifier.names.size() - 1), false, false);
    }

    /** A table, the descriptor of a time in it, and literal lengths of time. */
    private record Operands(int required, List<String> parameters) implements SqlOperandMetadata {

        @Override
        public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
            RelDataType table = call.getOperandType(0);
            boolean isSound = table.isStruct() && call.operand(1).getKind() == SqlKind.DESCRIPTOR;
            if (isSound) {
                SqlBasicCall descriptor = (SqlBasicCall) call.operand(1);
                RelDataTypeField time = timeColumn(descriptor, table);
                if (time == null && throwOnFailure && descriptor.operandCount() == 1) {
                    SqlNode column = descriptor.operand(0);
                    throw SqlUtil.newContextException(
                            column.getParserPosition(), Static.RESOURCE.unknownIdentifier(column.toString()));
                }
                isSound = time != null && SqlTypeUtil.isTimestamp(time.getType());
            }
            for (int i = 2; isSound && i < call.getOperandCount(); i++) {
                isSound = SqlTypeUtil.isInterval(call.getOperandType(i))
                        || (i == 2
                                && parameters.contains("KEY")
                                && call.operand(i).getKind() == SqlKind.DESCRIPTOR);
            }
            if (!isSound && throwOnFailure) {
                throw call.newValidationSignatureError();
            }
            return isSound;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.between(required, parameters.size());
        }

        @Override
        public boolean isOptional(int i) {
            return i >= required;
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            StringBuilder signature = new StringBuilder(name).append("(TABLE relation, DESCRIPTOR(timestamp column)");
            for (int i = 2; i < parameters.size(); i++) {
                if (!parameters.get(i).equals("KEY")) {
                    boolean isOptional = parameters.get(i).equals("OFFSET");
                    signature
                            .append(isOptional ? " [, " : ", ")
                            .append("INTERVAL '…' ")
                            .append(parameters.get(i))
                            .append(isOptional ? "]" : "");
                }
            }
            return signature.append(')').toString();
        }

        @Override
        public List<RelDataType> paramTypes(RelDataTypeFactory types) {
            return parameters.stream()
                    .map(parameter -> types.createSqlType(SqlTypeName.ANY))
                    .toList();
        }

        @Override
        public List<String> paramNames() {
            return parameters;
        }
    }
}
