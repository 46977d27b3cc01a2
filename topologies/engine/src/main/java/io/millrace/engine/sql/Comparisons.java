package io.millrace.engine.sql;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Makes comparisons that Calcite's runtime does not know into ones that it knows, or refuses them: UUIDs are ordered as their
 * texts are; rows, arrays and maps have no order; collections of rows would never be equal, since a row there is equal to
 * itself alone.
 */
final class Comparisons extends RexShuttle {

    private static final Set<SqlKind> ORDER =
            Set.of(SqlKind.LESS_THAN, SqlKind.LESS_THAN_OR_EQUAL, SqlKind.GREATER_THAN, SqlKind.GREATER_THAN_OR_EQUAL);
    private static final Set<SqlKind> EQUALITY =
            Set.of(SqlKind.EQUALS, SqlKind.NOT_EQUALS, SqlKind.IS_DISTINCT_FROM, SqlKind.IS_NOT_DISTINCT_FROM);

    private final RexBuilder builder;

    Comparisons(RexBuilder builder) {
        this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexCall visited = (RexCall) super.visitCall(call);
        if (ORDER.contains(call.getKind())) {
            RelDataType type = call.getOperands().get(0).getType();
            if (isNested(type)) {
                throw new UnsupportedOperationException(
                        "A " + type.getSqlTypeName() + " has no order: compare what is in it");
            }
            return type.getSqlTypeName() == SqlTypeName.UUID
                    ? visited.clone(
                            visited.getType(),
                            visited.getOperands().stream().map(this::text).toList())
                    : visited;
        }
        if (EQUALITY.contains(call.getKind())
                && call.getOperands().stream().anyMatch(operand -> holdsRows(operand.getType(), false))) {
            throw new UnsupportedOperationException("Collections of rows are not compared with "
                    + call.getOperator().getName() + ": compare what is in them");
        }
        return visited;
    }

    private RexNode text(RexNode uuid) {
        RelDataType text = SqlDialect.types().createSqlType(SqlTypeName.VARCHAR);
        return builder.makeAbstractCast(
                SqlDialect.types()
                        .createTypeWithNullability(text, uuid.getType().isNullable()),
                uuid,
                false);
    }

    private static boolean isNested(RelDataType type) {
        return type.isStruct() || type.getComponentType() != null || type.getKeyType() != null;
    }

    private static boolean holdsRows(RelDataType type, boolean isInCollection) {
        if (type.isStruct()) {
            return isInCollection || type.getFieldList().stream().anyMatch(field -> holdsRows(field.getType(), false));
        }
        for (RelDataType part : parts(type)) {
            if (holdsRows(part, true)) {
                return true;
            }
        }
        return false;
    }

    private static List<RelDataType> parts(RelDataType type) {
        RelDataType key = type.getKeyType();
        RelDataType value = type.getValueType();
        if (key != null && value != null) {
            return List.of(key, value);
        }
        RelDataType component = type.getComponentType();
        return component == null ? List.of() : List.of(component);
    }
}
