package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.BoundedCalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Looks at operands before the function is called that would take any time or memory for some of them: a method of
 * {@link BoundedCalls} gives the operand as it is, or fails.
 */
record OperandGuards(RexBuilder rexBuilder) {

    private static final Set<String> JSON_CHANGES = Set.of("JSON_SET", "JSON_INSERT", "JSON_REPLACE", "JSON_REMOVE");
    private static final Set<String> JSON_QUERIES =
            Set.of("JSON_VALUE", "JSON_QUERY", "JSON_EXISTS", "JSON_LENGTH", "JSON_KEYS");
    private static final int JSON_PATH_CHARACTERS = 100;

    /**
     * A guard of one operand.
     *
     * @param operand which is guarded
     * @param method of {@link BoundedCalls}
     * @param arguments the operands that the method is given
     */
    private record Guard(int operand, String method, int... arguments) {

        List<RexNode> arguments(RexCall call) {
            return Arrays.stream(arguments)
                    .mapToObj(argument -> call.getOperands().get(argument))
                    .toList();
        }

        /** SPLIT, for one, has a form without the second operand, and others are of binaries too. */
        boolean isOf(RexCall call) {
            boolean isOfTexts = method.equals("near") || method.equals("searchable");
            return Arrays.stream(arguments).allMatch(i -> i < call.operandCount())
                    && (!isOfTexts
                            || arguments(call).stream()
                                    .allMatch(argument -> SqlTypeUtil.isCharacter(argument.getType())));
        }
    }

    private static final Map<String, Guard> GUARDS = guards();

    private static Map<String, Guard> guards() {
        Map<String, Guard> guards = new HashMap<>();
        List.of("FORMAT_DATE", "FORMAT_TIME", "FORMAT_DATETIME", "FORMAT_TIMESTAMP")
                .forEach(name -> guards.put(name, new Guard(0, "format", 0)));
        List.of("TO_CHAR", "TO_DATE", "TO_TIMESTAMP").forEach(name -> guards.put(name, new Guard(1, "format", 1)));
        List.of("LEVENSHTEIN", "TRANSLATE3").forEach(name -> guards.put(name, new Guard(0, "near", 0, 1)));
        List.of("STRPOS", "INSTR", "SPLIT", "SPLIT_PART", "SUBSTRING_INDEX", "CONTAINS_SUBSTR")
                .forEach(name -> guards.put(name, new Guard(0, "searchable", 0, 1)));
        guards.put("POSITION", new Guard(1, "searchable", 1, 0));
        guards.put("ARRAY_REPEAT", new Guard(1, "elements", 1));
        guards.put("ARRAY_INSERT", new Guard(1, "index", 1));
        List.of("ARRAY_JOIN", "ARRAY_TO_STRING").forEach(name -> guards.put(name, new Guard(0, "joinable", 0, 1)));
        guards.put("PARSE_URL", new Guard(2, "urlKey", 2));
        return Map.copyOf(guards);
    }

    /** The call with the operands guarded that need it. */
    RexCall guarded(RexCall call) {
        String name = call.getOperator().getName();
        Guard guard = GUARDS.get(name);
        if (guard != null) {
            return guard.isOf(call) ? with(call, guard.operand(), guard.method(), guard.arguments(call)) : call;
        }
        if (JSON_CHANGES.contains(name)) {
            // All but the first have paths and values in turn.
            return each(call, call.operandCount(), name.equals("JSON_REMOVE") ? 1 : 2, "jsonPath");
        }
        if (JSON_QUERIES.contains(name)) {
            return each(call, Math.min(2, call.operandCount()), 1, "jsonPath");
        }
        return switch (name) {
            case "LPAD", "RPAD" -> with(call, 1, "length");
            case "FORMAT_NUMBER" -> with(call, 1, isText(call.getOperands().get(1)) ? "format" : "decimals");
            // To Calcite's functions delimiters are regular expressions without a budget.
            case "STR_TO_MAP" -> each(call, call.operandCount(), 1, "delimiter");
            case "STRING_TO_ARRAY" -> each(call, Math.min(2, call.operandCount()), 1, "delimiter");
            default -> call;
        };
    }

    private static boolean isText(RexNode operand) {
        return SqlTypeUtil.isCharacter(operand.getType());
    }

    private RexCall each(RexCall call, int end, int step, String method) {
        RexCall guarded = call;
        for (int i = 1; i < end; i += step) {
            boolean isNeeded = isText(call.getOperands().get(i))
                    && !(method.equals("jsonPath")
                            && isPlainPath(call.getOperands().get(i)));
            guarded = isNeeded ? with(guarded, i, method) : guarded;
        }
        return guarded;
    }

    /** Whether a path can be seen to be bounded while the query is planned, so that no row is held up by it. */
    private static boolean isPlainPath(RexNode path) {
        String text = path instanceof RexLiteral literal ? literal.getValueAs(String.class) : null;
        return text != null && text.length() <= JSON_PATH_CHARACTERS && isBounded(text);
    }

    private static boolean isBounded(String path) {
        try {
            BoundedCalls.jsonPath(path);
            return true;
        } catch (IllegalArgumentException e) {
            // Each row fails by it, when it comes.
            return false;
        }
    }

    private RexCall with(RexCall call, int operand, String method) {
        return with(call, operand, method, List.of(call.getOperands().get(operand)));
    }

    private RexCall with(RexCall call, int operand, String method, List<RexNode> arguments) {
        List<RexNode> operands = new ArrayList<>(call.getOperands());
        operands.set(
                operand,
                JavaCall.of(rexBuilder, operands.get(operand).getType(), BoundedCalls.class, method, arguments));
        return call.clone(call.getType(), operands);
    }
}
