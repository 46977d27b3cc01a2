package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate functions of one GROUP BY, compiled from Calcite's calls. Immutable, shared between tasks.
 *
 * <p>A sum that grows too great for its type is an error of the result, not of the row that made it so: rows that come later,
 * or are taken away, may bring it back. So {@link #add} and {@link #retract} fail for no row of the input's type, and nothing
 * has to be undone.
 */
public final class Aggregates {

    private static final int VERSION = 1;

    private final List<Function> functions;

    private Aggregates(List<Function> functions) {
        this.functions = List.copyOf(functions);
    }

    /**
     * Compiles calls over rows without an event time.
     *
     * @see #of(List, RelDataType, boolean, RelDataTypeFactory, int)
     */
    public static Aggregates of(
            List<AggregateCall> calls, RelDataType inputType, boolean isRetracting, RelDataTypeFactory types) {
        return of(calls, inputType, isRetracting, types, -1);
    }

    /**
     * Compiles calls.
     *
     * @param inputType the rows that are aggregated
     * @param isRetracting whether rows are ever taken away again: the input is a changelog
     * @param types the factory that the types come from
     * @param timeColumn the column that orders FIRST_VALUE and LAST_VALUE where the call has no ORDER BY, or -1
     * @throws UnsupportedOperationException when a call is no aggregate that can be run; the message names it and says what to
     *     write instead
     */
    public static Aggregates of(
            List<AggregateCall> calls,
            RelDataType inputType,
            boolean isRetracting,
            RelDataTypeFactory types,
            int timeColumn) {
        List<Function> functions = new ArrayList<>();
        for (AggregateCall call : calls) {
            functions.add(CallCompiler.compile(new Call(call, inputType, isRetracting, timeColumn)));
        }
        return new Aggregates(functions);
    }

    /** A new, empty state. */
    public GroupState newState() {
        return new GroupState(0, states());
    }

    private List<FunctionState> states() {
        return functions.stream().map(function -> function.states().get()).toList();
    }

    /**
     * The state in bytes that {@link #write} made.
     *
     * @throws IllegalArgumentException when they are of another version
     */
    public GroupState read(byte[] bytes) {
        BytesReader in = new BytesReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("The state of a group is of version " + version + ", not " + VERSION);
        }
        long rowCount = in.readVarint();
        List<FunctionState> states = states();
        states.forEach(state -> state.read(in));
        return new GroupState(rowCount, states);
    }

    /** A state as bytes: a version, how many rows, and what each function has come to. */
    public byte[] write(GroupState state) {
        BytesWriter out = new BytesWriter();
        out.writeByte(VERSION);
        out.writeVarint(state.rowCount());
        state.functions().forEach(function -> function.write(out));
        return out.toBytes();
    }

    /**
     * Adds a row.
     *
     * @param values goes with the state: what functions keep of the group's rows
     */
    public void add(GroupState state, ValueStore values, Row row) {
        change(state, values, row, 1);
    }

    /** Takes a row away that was added before; only of aggregates that were compiled to be retracting. */
    public void retract(GroupState state, ValueStore values, Row row) {
        change(state, values, row, -1);
    }

    private void change(GroupState state, ValueStore values, Row row, int delta) {
        state.count(delta);
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i).takes(row)) {
                state.functions().get(i).change(row, new Bag(values, i), delta);
            }
        }
    }

    /**
     * One result for each call, in Calcite's internal form of the call's type.
     *
     * @throws ArithmeticException when a result is too great for its type
     * @throws IllegalStateException when a query in the place of a value gave more than one row
     */
    public Row results(GroupState state, ValueStore values) {
        @Nullable Object[] results = new Object[functions.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = state.functions().get(i).result(new Bag(values, i));
        }
        return Row.of(results);
    }

    /** Whether any function keeps values in the {@link ValueStore}: if none does, it may be one that does nothing. */
    public boolean keepsValues() {
        return functions.stream().anyMatch(Function::keepsValues);
    }
}
