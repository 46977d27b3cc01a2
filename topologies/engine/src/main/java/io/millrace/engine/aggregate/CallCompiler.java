package io.millrace.engine.aggregate;

import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Chooses how a call is folded. The functions that work with an order are those of {@link OrderedCalls}. */
final class CallCompiler {

    private static final Map<String, String> INSTEAD = Map.of(
            "JSON_ARRAYAGG_ABSENT_ON_NULL", "write ARRAY_AGG",
            "JSON_OBJECTAGG_NULL_ON_NULL", "write ARRAY_AGG of a ROW",
            "FUSION", "write ARRAY_CONCAT_AGG over arrays",
            "INTERSECTION", "there is no aggregate that cuts multisets",
            "GROUPING", "the GROUP BY itself gives it",
            "GROUPING_ID", "the GROUP BY itself gives it",
            "GROUP_ID", "the GROUP BY itself gives it");

    private CallCompiler() {}

    /** @throws UnsupportedOperationException when it cannot be run; the message says what to write instead */
    static Function compile(Call call) {
        if (call.call().distinctKeys != null) {
            throw call.unsupported("WITHIN DISTINCT is not there; group by those columns in a step before this one");
        }
        if (!call.call().rexList.isEmpty()) {
            throw call.unsupported("it has arguments that are not columns; compute them in a step before this one");
        }
        return switch (call.name()) {
            case "COUNT", "REGR_COUNT", "APPROX_COUNT_DISTINCT" -> count(call);
            case "SUM" -> series(call, Statistic.SUM);
            case "$SUM0" -> series(call, Statistic.SUM0);
            case "AVG" -> series(call, Statistic.AVG);
            case "VAR_POP" -> series(call, Statistic.VAR_POP);
            case "VAR_SAMP", "VARIANCE" -> series(call, Statistic.VAR_SAMP);
            case "STDDEV_POP" -> series(call, Statistic.STDDEV_POP);
            case "STDDEV_SAMP", "STDDEV" -> series(call, Statistic.STDDEV_SAMP);
            case "COVAR_POP",
                    "COVAR_SAMP",
                    "CORR",
                    "REGR_SXX",
                    "REGR_SYY",
                    "REGR_SXY",
                    "REGR_AVGX",
                    "REGR_AVGY",
                    "REGR_SLOPE",
                    "REGR_INTERCEPT",
                    "REGR_R2" -> pairs(call, PairStatistic.valueOf(call.name()));
            case "MIN", "MAX", "EVERY", "SOME", "BOOL_AND", "BOOL_OR", "LOGICAL_AND", "LOGICAL_OR" ->
                extreme(call, call.call().getAggregation().getKind() == SqlKind.MIN);
            case "BIT_AND" -> bits(call, Bits.Operation.AND);
            case "BIT_OR" -> bits(call, Bits.Operation.OR);
            case "BIT_XOR" -> bits(call, Bits.Operation.XOR);
            case "ANY_VALUE" -> OrderedCalls.first(call, List.of(call.argument(0)), call.arguments());
            case "SINGLE_VALUE" -> single(call);
            case "MIN_BY", "ARG_MIN" -> OrderedCalls.by(call, false);
            case "MAX_BY", "ARG_MAX" -> OrderedCalls.by(call, true);
            case "FIRST_VALUE" -> OrderedCalls.byTime(call, false);
            case "LAST_VALUE" -> OrderedCalls.byTime(call, true);
            case "ARRAY_AGG" -> OrderedCalls.collected(call, Collected.Shape.ARRAY);
            case "ARRAY_CONCAT_AGG" -> OrderedCalls.collected(call, Collected.Shape.FLAT);
            case "COLLECT" -> OrderedCalls.collected(call, Collected.Shape.MULTISET);
            case "LISTAGG", "STRING_AGG", "GROUP_CONCAT" -> OrderedCalls.texts(call);
            case "MODE" -> OrderedCalls.mode(call);
            case "PERCENTILE_DISC" -> OrderedCalls.percentile(call, Quantiles.Shape.DISCRETE);
            case "PERCENTILE_CONT" -> OrderedCalls.percentile(call, Quantiles.Shape.CONTINUOUS);
            case "MEDIAN" -> OrderedCalls.median(call);
            case "APPROX_QUANTILES" -> OrderedCalls.approximate(call, true);
            case "APPROX_PERCENTILE" -> OrderedCalls.approximate(call, false);
            case "APPROX_TOP_COUNT" -> OrderedCalls.topCounts(call);
            default ->
                throw call.unsupported(
                        INSTEAD.getOrDefault(call.name(), "it is not among the functions of docs/sql-aggregates.md"));
        };
    }

    private static Function count(Call call) {
        List<Integer> arguments = call.call().getArgList();
        if (call.isDistinct() && call.call().isApproximate() && !call.isRetracting()) {
            OrderedKey values = call.arguments();
            return call.function(arguments, false, () -> new DistinctSketch(values));
        }
        return distinct(call, call.function(arguments, false, Count::new));
    }

    private static Function series(Call call, Statistic statistic) {
        int column = call.argument(0);
        boolean isBinary = call.isBinary();
        Rounding rounding = call.rounding();
        return distinct(
                call, call.function(List.of(column), false, () -> new Series(column, isBinary, statistic, rounding)));
    }

    private static Function pairs(Call call, PairStatistic statistic) {
        int y = call.argument(0);
        int x = call.argument(1);
        boolean isBinary = call.isBinary();
        Rounding rounding = call.rounding();
        return distinct(
                call, call.function(List.of(y, x), false, () -> new Pairs(y, x, isBinary, statistic, rounding)));
    }

    private static Function distinct(Call call, Function function) {
        return call.isDistinct() ? function.distinct(call.arguments()) : function;
    }

    private static Function extreme(Call call, boolean isMin) {
        int column = call.argument(0);
        if (call.argumentType(0).getSqlTypeName() == SqlTypeName.BOOLEAN) {
            return call.function(List.of(column), false, () -> new Booleans(column, isMin));
        }
        OrderedKey key = new OrderedKey(List.of(isMin ? call.ascending(column) : call.descending(column)));
        return OrderedCalls.first(call, List.of(column), key);
    }

    private static Function single(Call call) {
        Function value = OrderedCalls.first(call, List.of(), call.arguments());
        return call.function(
                List.of(), value.keepsValues(), () -> new Single(value.states().get()));
    }

    private static Function bits(Call call, Bits.Operation operation) {
        int column = call.argument(0);
        RelDataType type = call.argumentType(0);
        switch (type.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, BINARY -> {}
            default ->
                throw call.unsupported("values of the type " + type.getFullTypeString()
                        + " may have any number of bits; CAST them to BIGINT or BINARY(n)");
        }
        Function all = call.function(List.of(column), false, () -> new Bits(column, type, operation));
        // Of AND and OR the second of two values that are the same changes nothing.
        return operation == Bits.Operation.XOR ? distinct(call, all) : all;
    }
}
