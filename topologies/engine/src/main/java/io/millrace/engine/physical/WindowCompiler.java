package io.millrace.engine.physical;

import io.millrace.engine.operator.Windows;
import io.millrace.engine.row.TimeResolution;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The windowing table functions: TUMBLE, HOP, CUMULATE and SESSION. */
final class WindowCompiler {

    private WindowCompiler() {}

    /** How many of a time column's units a millisecond has: its values count milliseconds, or microseconds when it is precise to them. */
    static long tick(RelDataType time) {
        return TimeResolution.of(time).ofMillis(1);
    }

    static Node compile(TableFunctionScan function, Node input) {
        if (!(function.getCall() instanceof RexCall call)) {
            throw new UnsupportedOperationException("A table function is called");
        }
        RexInputRef time = (RexInputRef)
                ((RexCall) call.getOperands().get(0)).getOperands().get(0);
        requireEventTime(input, time.getIndex());
        long tick = tick(time.getType());
        List<Long> lengths = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (!(operand instanceof RexCall descriptor
                    && descriptor.getOperator().getName().equalsIgnoreCase("DESCRIPTOR"))) {
                lengths.add(Math.multiplyExact(millis(operand), tick));
            }
        }
        Windows windows = windows(call.getOperator().getName(), lengths, tick);
        int width = input.rowType().getFieldCount();
        List<Traits.WindowColumns> columns = new ArrayList<>(input.traits().windows());
        columns.add(new Traits.WindowColumns(width, width + 1, width + 2, windows));
        List<Integer> times = new ArrayList<>(input.traits().times());
        Traits traits = new Traits(
                input.traits().isChangelog(),
                keys(input, windows, width),
                input.traits().partition(),
                java.util.Set.copyOf(times),
                columns);
        return new Node.AssignWindows(
                input, time.getIndex(), windows, sessionKeys(call), function.getRowType(), traits);
    }

    /** The columns of {@code TABLE relation PARTITION BY …}, which stand in a second descriptor. */
    private static List<Integer> sessionKeys(RexCall call) {
        List<Integer> keys = new ArrayList<>();
        for (RexNode operand : call.getOperands().subList(1, call.getOperands().size())) {
            if (operand instanceof RexCall descriptor
                    && descriptor.getOperator().getName().equalsIgnoreCase("DESCRIPTOR")) {
                descriptor.getOperands().forEach(column -> keys.add(((RexInputRef) column).getIndex()));
            }
        }
        return keys;
    }

    /** In a row's only window it is still known by its key; in several, by its key and the window. */
    private static List<Traits.Key> keys(Node input, Windows windows, int width) {
        if (windows.kind() == Windows.Kind.TUMBLE) {
            return input.traits().keys();
        }
        List<Traits.Key> keys = new ArrayList<>();
        for (Traits.Key key : input.traits().keys()) {
            List<Integer> columns = new ArrayList<>(key.columns());
            columns.add(width + 1);
            keys.add(new Traits.Key(columns, key.isLocal(), key.isPresent()));
        }
        return keys;
    }

    private static void requireEventTime(Node input, int column) {
        if (input.traits().times().contains(column)) {
            return;
        }
        String name = input.rowType().getFieldNames().get(column);
        boolean isOfWindow =
                input.traits().windows().stream().anyMatch(window -> window.has(column) || window.time() == column);
        if (isOfWindow && input.traits().isChangelog()) {
            throw new UnsupportedOperationException("A window closes by event time, and '" + name
                    + "' is of results that change until their own window closes: have them when it does, "
                    + "emit: {STEP: on_close} of the step that they come from");
        }
        throw new UnsupportedOperationException("A window closes by event time, and '" + name + "' is not one: "
                + (input.traits().times().isEmpty()
                        ? "say event_time: {RELATION: {column: " + name
                                + ", delay: 5 MINUTES}} of the relation that it comes from"
                        : "DESCRIPTOR("
                                + input.rowType()
                                        .getFieldNames()
                                        .get(input.traits().times().iterator().next())
                                + ") is"));
    }

    private static Windows windows(String name, List<Long> lengths, long tick) {
        for (int i = 0; i < Math.min(lengths.size(), name.equalsIgnoreCase("TUMBLE") ? 1 : 2); i++) {
            if (lengths.get(i) <= 0 && !(name.equalsIgnoreCase("SESSION") && i > 0)) {
                throw new UnsupportedOperationException(
                        "A window is longer than nothing: INTERVAL '1' HOUR, for example");
            }
        }
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TUMBLE" -> new Windows(Windows.Kind.TUMBLE, lengths.get(0), lengths.get(0), offset(lengths, 1), tick);
            case "HOP" -> new Windows(Windows.Kind.HOP, lengths.get(1), lengths.get(0), offset(lengths, 2), tick);
            case "CUMULATE" -> {
                if (lengths.get(1) % lengths.get(0) != 0) {
                    throw new UnsupportedOperationException(
                            "The size of a CUMULATE window is a multiple of its step: CUMULATE(TABLE t, DESCRIPTOR(time), step, size)");
                }
                yield new Windows(Windows.Kind.CUMULATE, lengths.get(1), lengths.get(0), offset(lengths, 2), tick);
            }
            case "SESSION" -> new Windows(Windows.Kind.SESSION, lengths.get(0), lengths.get(0), 0, tick);
            default ->
                throw new UnsupportedOperationException(
                        "Of table functions there are TUMBLE, HOP, CUMULATE and SESSION, not " + name);
        };
    }

    private static long offset(List<Long> lengths, int place) {
        return lengths.size() > place ? lengths.get(place) : 0;
    }

    /** The milliseconds of an interval that is a literal. */
    static long millis(RexNode operand) {
        if (operand instanceof RexLiteral literal && SqlTypeUtil.isInterval(literal.getType())) {
            if (literal.getType().getSqlTypeName().isYearMonth()) {
                throw new UnsupportedOperationException("A length of months is not fixed: give it in days");
            }
            return Objects.requireNonNull(literal.getValueAs(BigDecimal.class), "an interval has a length")
                    .longValueExact();
        }
        throw new UnsupportedOperationException("A length of time is a literal here: INTERVAL '1' HOUR, for example");
    }
}
