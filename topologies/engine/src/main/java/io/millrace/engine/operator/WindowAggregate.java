package io.millrace.engine.operator;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A windowed GROUP BY as a value.
 *
 * @param relation the relation that it is part of
 * @param storeName the store of its groups
 * @param inputType the rows that are aggregated
 * @param groupColumns the positions of the GROUP BY columns in those rows, ascending
 * @param windowColumn the one of them that holds the window's start or its end
 * @param isWindowEnd whether it holds the end
 * @param sizeMs how long a window is
 * @param delayMs how long after its end a window still takes rows, by event time
 * @param functions the aggregate functions
 * @param stateType the state of one group as a row
 */
public record WindowAggregate(
        String relation,
        String storeName,
        RelDataType inputType,
        List<Integer> groupColumns,
        int windowColumn,
        boolean isWindowEnd,
        long sizeMs,
        long delayMs,
        List<Function> functions,
        RelDataType stateType) {

    public WindowAggregate {
        groupColumns = List.copyOf(groupColumns);
        functions = List.copyOf(functions);
    }

    /**
     * One aggregate function.
     *
     * @param accumulator how it adds up
     * @param argument the column it is of; -1 counts rows
     * @param filter the column that must be true, or -1
     * @param slot where its state begins in the group's state
     * @param type what it results in
     */
    public record Function(Accumulator accumulator, int argument, int filter, int slot, RelDataType type) {

        void add(@Nullable Object[] state, @Nullable Object[] row) {
            if (filter >= 0 && !Boolean.TRUE.equals(row[filter])) {
                return;
            }
            Object value = argument < 0 ? (Object) true : row[argument];
            if (value != null) {
                accumulator.add(state, slot, value, type);
            }
        }

        @Nullable
        Object result(@Nullable Object[] state) {
            return accumulator.result(state, slot, type);
        }
    }

    /** The functions and state that Calcite's calls need. */
    public record Functions(List<Function> functions, RelDataType stateType) {

        /**
         * Reads the calls of an aggregate.
         *
         * @throws UnsupportedOperationException when one is not an aggregate that windows have; the message names it
         */
        public static Functions of(List<AggregateCall> calls, RelDataType inputType, RelDataTypeFactory types) {
            List<Function> functions = new ArrayList<>();
            RelDataTypeFactory.Builder state = types.builder();
            int slot = 0;
            for (AggregateCall call : calls) {
                Accumulator accumulator = Accumulator.of(call);
                if (accumulator == null || call.getArgList().size() > 1) {
                    throw new UnsupportedOperationException("The aggregate "
                            + (call.isDistinct() ? "DISTINCT " : "")
                            + call.getAggregation().getName()
                            + " cannot be used over windows yet: there are COUNT, SUM, AVG, MIN and MAX");
                }
                int argument =
                        call.getArgList().isEmpty() ? -1 : call.getArgList().get(0);
                functions.add(new Function(accumulator, argument, call.filterArg, slot, call.getType()));
                for (int i = 0; i < accumulator.slots(); i++) {
                    state.add("s" + slot++, types.createTypeWithNullability(slotType(call, i, inputType, types), true));
                }
            }
            state.add("t", types.createSqlType(SqlTypeName.BIGINT));
            return new Functions(functions, state.build());
        }

        private static RelDataType slotType(
                AggregateCall call, int slot, RelDataType inputType, RelDataTypeFactory types) {
            Accumulator accumulator = Accumulator.of(call);
            if (accumulator == Accumulator.COUNT || slot == 1) {
                return types.createSqlType(SqlTypeName.BIGINT);
            }
            RelDataType argument =
                    inputType.getFieldList().get(call.getArgList().get(0)).getType();
            return accumulator == Accumulator.MIN || accumulator == Accumulator.MAX
                    ? argument
                    : types.getTypeSystem().deriveSumType(types, argument);
        }
    }
}
