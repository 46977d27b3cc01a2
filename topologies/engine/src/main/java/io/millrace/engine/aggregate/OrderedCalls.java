package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The calls whose result depends on an order of the rows. */
final class OrderedCalls {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private OrderedCalls() {}

    /** The last column of the first key: kept alone, or with all that may come to be the first. */
    static Function first(Call call, List<Integer> required, OrderedKey key) {
        return call.isRetracting()
                ? call.function(required, true, () -> new KeptFirst(key))
                : call.function(required, false, () -> new First(key));
    }

    static Function by(Call call, boolean isMax) {
        int value = call.argument(0);
        int by = call.argument(1);
        OrderedKey key =
                new OrderedKey(List.of(isMax ? call.descending(by) : call.ascending(by), call.ascending(value)));
        return first(call, List.of(by), key);
    }

    static Function byTime(Call call, boolean isLast) {
        int value = call.argument(0);
        List<RelFieldCollation> order = call.order();
        if (order.isEmpty()) {
            if (call.timeColumn() < 0) {
                throw call.unsupported("its rows have no event time; write " + call.name()
                        + "(…) WITHIN GROUP (ORDER BY …) with the order that is meant");
            }
            order = List.of(new RelFieldCollation(call.timeColumn()));
        }
        List<Integer> required = call.call().ignoreNulls() ? List.of(value) : List.of();
        return first(call, required, call.ordered(order, isLast, List.of(value)));
    }

    static Function collected(Call call, Collected.Shape shape) {
        requireOrderByArguments(call);
        int value = call.argument(0);
        OrderedKey key = call.ordered(call.order(), false, List.of(value));
        boolean skipsNulls = call.call().ignoreNulls() || shape == Collected.Shape.FLAT;
        boolean isDistinct = call.isDistinct();
        return call.function(
                skipsNulls ? List.of(value) : List.of(), true, () -> new Collected(key, shape, isDistinct));
    }

    static Function texts(Call call) {
        requireOrderByArguments(call);
        if (!SqlTypeUtil.inCharFamily(call.argumentType(0))) {
            throw call.unsupported("it joins texts; CAST its first argument to VARCHAR");
        }
        boolean hasSeparator = call.argumentCount() > 1;
        OrderedKey key = call.ordered(call.order(), false, call.call().getArgList());
        boolean isDistinct = call.isDistinct();
        return call.function(List.of(call.argument(0)), true, () -> new Texts(key, hasSeparator, isDistinct));
    }

    /** Of values that are the same only one is kept, so that there is nothing else of them to order by. */
    private static void requireOrderByArguments(Call call) {
        if (!call.isDistinct()) {
            return;
        }
        for (RelFieldCollation column : call.order()) {
            if (!call.call().getArgList().contains(column.getFieldIndex())) {
                throw call.unsupported("with DISTINCT its ORDER BY can only name its arguments");
            }
        }
    }

    static Function mode(Call call) {
        OrderedKey key = call.arguments();
        boolean isDistinct = call.isDistinct();
        return call.function(call.call().getArgList(), true, () -> new Mode(key, isDistinct));
    }

    static Function percentile(Call call, Quantiles.Shape shape) {
        if (call.order().size() != 1 || call.argumentCount() != 1) {
            throw call.unsupported("write " + call.name() + "(0.5) WITHIN GROUP (ORDER BY …) with one column");
        }
        int value = call.order().get(0).getFieldIndex();
        if (shape == Quantiles.Shape.CONTINUOUS
                && SqlTypeUtil.isExactNumeric(call.call().getType())
                && call.call().getType().getScale() <= 0) {
            throw call.unsupported("what lies between two whole numbers is none; ORDER BY CAST(… AS DOUBLE)");
        }
        OrderedKey key = call.ordered(call.order(), false, List.of());
        int fraction = call.argument(0);
        return quantiles(call, value, key, fraction, shape);
    }

    static Function median(Call call) {
        return quantiles(call, call.argument(0), valueKey(call), -1, Quantiles.Shape.CONTINUOUS);
    }

    private static Function quantiles(Call call, int value, OrderedKey key, int parameter, Quantiles.Shape shape) {
        boolean isDistinct = call.isDistinct();
        Rounding rounding = call.rounding();
        return call.function(
                List.of(value),
                true,
                () -> new Quantiles(
                        key,
                        parameter < 0 ? Parameter.constant(HALF) : Parameter.column(parameter),
                        shape,
                        isDistinct,
                        rounding));
    }

    /** Where rows are taken away or count once, all values are kept and the result is exact. */
    static Function approximate(Call call, boolean isArray) {
        int value = call.argument(0);
        int parameter = call.argument(1);
        OrderedKey key = valueKey(call);
        if (call.isRetracting() || call.isDistinct()) {
            return quantiles(call, value, key, parameter, isArray ? Quantiles.Shape.ARRAY : Quantiles.Shape.DISCRETE);
        }
        return call.function(
                List.of(value), false, () -> new QuantileSketch(key, Parameter.column(parameter), isArray));
    }

    static Function topCounts(Call call) {
        if (call.isDistinct()) {
            throw call.unsupported("with DISTINCT every value is there once; leave out DISTINCT");
        }
        List<Integer> required = new ArrayList<>(List.of(call.argument(0)));
        int limit = call.argument(1);
        OrderedKey key = valueKey(call);
        return call.isRetracting()
                ? call.function(required, true, () -> new TopCounts(key, Parameter.column(limit)))
                : call.function(required, false, () -> new TopCountSketch(key, Parameter.column(limit)));
    }

    private static OrderedKey valueKey(Call call) {
        return new OrderedKey(List.of(call.ascending(call.argument(0))));
    }
}
