package io.millrace.engine.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * What the record says that a row was made of, as a column that every source has but {@code *} does not show: {@code _key}, {@code _timestamp},
 * {@code _topic}, {@code _partition}, {@code _offset}, {@code _headers}. A column of the same name comes first.
 */
public final class RecordFunction extends SqlFunction {

    /** All of them; the place of one is the number of the parameter that it is compiled to. */
    public static final List<RecordFunction> ALL = List.of(
            new RecordFunction("_key"),
            new RecordFunction("_timestamp"),
            new RecordFunction("_topic"),
            new RecordFunction("_partition"),
            new RecordFunction("_offset"),
            new RecordFunction("_headers"));

    private RecordFunction(String name) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                binding -> type(name, binding.getTypeFactory()),
                null,
                OperandTypes.NILADIC,
                SqlFunctionCategory.SYSTEM);
    }

    private static RelDataType type(String name, RelDataTypeFactory types) {
        RelDataType binary = types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARBINARY), true);
        RelDataType text = types.createSqlType(SqlTypeName.VARCHAR);
        return switch (name) {
            case "_key" -> binary;
            case "_timestamp" -> types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3);
            case "_topic" -> text;
            case "_partition" -> types.createSqlType(SqlTypeName.INTEGER);
            case "_offset" -> types.createSqlType(SqlTypeName.BIGINT);
            default -> types.createMapType(text, binary);
        };
    }

    @Override
    public SqlSyntax getSyntax() {
        return SqlSyntax.FUNCTION_ID;
    }

    /** It differs from record to record, so that it is no constant. */
    @Override
    public boolean isDynamicFunction() {
        return true;
    }

    /** Whether an expression asks for any of them. */
    public static boolean isIn(RexNode expression) {
        boolean[] found = {false};
        expression.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                found[0] |= call.getOperator() instanceof RecordFunction;
                return super.visitCall(call);
            }
        });
        return found[0];
    }

    /** The expression with parameters in their place, which {@link RowContext} answers. */
    static RexNode toParameters(RexNode expression, RexBuilder rexBuilder) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return call.getOperator() instanceof RecordFunction function
                        ? rexBuilder.makeDynamicParam(call.getType(), ALL.indexOf(function))
                        : super.visitCall(call);
            }

            /** Calcite has no code for the value of a UUID, but for reading one. */
            @Override
            public RexNode visitLiteral(RexLiteral literal) {
                return literal.getType().getSqlTypeName() == SqlTypeName.UUID && !literal.isNull()
                        ? rexBuilder.makeAbstractCast(
                                literal.getType(),
                                rexBuilder.makeLiteral(String.valueOf(literal.getValueAs(java.util.UUID.class))),
                                false)
                        : literal;
            }
        });
    }
}
