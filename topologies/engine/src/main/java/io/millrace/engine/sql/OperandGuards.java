package io.millrace.engine.sql;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Which operand of a function is looked at before it is called, since the function takes any time or memory for some. */
final class OperandGuards {

    /**
     * A method of {@link io.millrace.engine.sql.runtime.BoundedCalls} that gives the operand, or fails.
     *
     * @param operand which is guarded
     * @param method its name
     * @param arguments the operands that the method is given
     */
    record Guard(int operand, String method, int... arguments) {

        List<RexNode> arguments(RexCall call) {
            return Arrays.stream(arguments)
                    .mapToObj(argument -> call.getOperands().get(argument))
                    .toList();
        }
    }

    private static final Map<String, Guard> GUARDS = guards();

    private OperandGuards() {}

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
        return Map.copyOf(guards);
    }

    /** The guard of a call; null when it needs none. */
    static @Nullable Guard of(RexCall call) {
        Guard guard = GUARDS.get(call.getOperator().getName());
        // SPLIT, for one, has a form without the second.
        if (guard == null || Arrays.stream(guard.arguments()).anyMatch(i -> i >= call.operandCount())) {
            return null;
        }
        boolean isOfTexts = guard.method().equals("near") || guard.method().equals("searchable");
        return isOfTexts
                        && !guard.arguments(call).stream()
                                .allMatch(operand -> SqlTypeUtil.isCharacter(operand.getType()))
                ? null
                : guard;
    }
}
