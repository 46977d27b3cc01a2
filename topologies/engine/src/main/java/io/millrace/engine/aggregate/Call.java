package io.millrace.engine.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Calcite's call of an aggregate function with what it is called over.
 *
 * @param inputType the rows
 * @param isRetracting whether rows are taken away
 * @param timeColumn the rows' event time, or -1
 */
record Call(AggregateCall call, RelDataType inputType, boolean isRetracting, int timeColumn) {

    String name() {
        return call.getAggregation().getName().toUpperCase(Locale.ROOT);
    }

    int argument(int position) {
        return call.getArgList().get(position);
    }

    int argumentCount() {
        return call.getArgList().size();
    }

    RelDataType argumentType(int position) {
        return columnType(argument(position));
    }

    RelDataType columnType(int column) {
        return inputType.getFieldList().get(column).getType();
    }

    Rounding rounding() {
        return new Rounding(call.getType());
    }

    boolean isDistinct() {
        return call.isDistinct();
    }

    List<RelFieldCollation> order() {
        return call.getCollation().getFieldCollations();
    }

    /** Whether all the arguments are exact as powers of two, and one of them needs that. */
    boolean isBinary() {
        boolean isAnyFloating = false;
        for (int column : call.getArgList()) {
            SqlTypeName type = columnType(column).getSqlTypeName();
            if (type == SqlTypeName.DECIMAL) {
                return false;
            }
            isAnyFloating |= type == SqlTypeName.DOUBLE || type == SqlTypeName.FLOAT || type == SqlTypeName.REAL;
        }
        return isAnyFloating;
    }

    OrderedKey.Column ascending(int column) {
        return OrderedKey.Column.ascending(column, columnType(column));
    }

    OrderedKey.Column descending(int column) {
        return new OrderedKey.Column(column, columnType(column), true, false);
    }

    /** The arguments, smallest first. */
    OrderedKey arguments() {
        return new OrderedKey(call.getArgList().stream().map(this::ascending).toList());
    }

    /**
     * The call's ORDER BY, and then arguments, so that content decides where the order does not.
     *
     * @param isReversed whether what is last by the order comes first
     */
    OrderedKey ordered(List<RelFieldCollation> order, boolean isReversed, List<Integer> arguments) {
        List<OrderedKey.Column> columns = new ArrayList<>();
        for (RelFieldCollation column : order) {
            int index = column.getFieldIndex();
            columns.add(new OrderedKey.Column(
                    index,
                    columnType(index),
                    column.getDirection().isDescending() != isReversed,
                    isNullsFirst(column) != isReversed));
        }
        arguments.forEach(argument -> columns.add(ascending(argument)));
        return new OrderedKey(columns);
    }

    /** Null is the greatest of values where a query does not say where it stands. */
    private static boolean isNullsFirst(RelFieldCollation column) {
        return column.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                ? column.getDirection().isDescending()
                : column.nullDirection == RelFieldCollation.NullDirection.FIRST;
    }

    /** @param states as they are beside the {@link ValueStore} or, as {@code keepsValues} says, with it */
    Function function(List<Integer> required, boolean keepsValues, java.util.function.Supplier<FunctionState> states) {
        return new Function(call.filterArg, required, keepsValues, states);
    }

    UnsupportedOperationException unsupported(String why) {
        return new UnsupportedOperationException("The aggregate " + name() + " cannot be run so: " + why);
    }
}
