package io.millrace.engine.sql;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * How long expressions are once those that Calcite takes for CASEs are written out: {@code COALESCE(a, b)} is {@code CASE WHEN a
 * IS NOT NULL THEN a ELSE b END}, so that forty of them within each other are a trillion conditions. Literals count nothing.
 */
final class RepeatedOperands {

    /** Of one expression, in operators and columns; more of them take longer than seconds to plan. */
    private static final double MAX_SIZE = 10_000;

    private static final Size NOTHING = new Size(0, false);
    private static final Size ONE = new Size(1, false);

    /** What is known already: {@code CASE a WHEN} holds its operand once for each branch from the start. */
    private final IdentityHashMap<SqlNode, Size> known = new IdentityHashMap<>();

    private RepeatedOperands() {}

    /**
     * The size of an expression.
     *
     * @param repeats whether an operand of it stands in it more than once
     */
    private record Size(double size, boolean repeats) {

        Size plus(Size other, double times) {
            return new Size(size + times * other.size, repeats || other.repeats || times > 1);
        }
    }

    /**
     * Refuses a query, or a condition, of which an expression becomes too long.
     *
     * @throws UnsupportedOperationException with the bound and what to do
     */
    static void check(SqlNode query) {
        new RepeatedOperands().of(query);
    }

    private Size of(@Nullable SqlNode node) {
        if (node == null || node instanceof SqlLiteral) {
            return NOTHING;
        }
        Size size = known.get(node);
        if (size == null) {
            size = node instanceof SqlNodeList list ? sum(list) : node instanceof SqlCall call ? of(call) : ONE;
            known.put(node, size);
        }
        return size;
    }

    private Size of(SqlCall call) {
        List<SqlNode> operands = call.getOperandList();
        if (call.isA(SqlKind.QUERY)) {
            // Each of its columns is an expression of its own, and to what is around it, it is a value.
            operands.forEach(call instanceof SqlSelect ? this::eachOf : this::of);
            return ONE;
        }
        boolean isSign = call.getKind() == SqlKind.MINUS_PREFIX || call.getKind() == SqlKind.PLUS_PREFIX;
        if (isSign && operands.get(0) instanceof SqlLiteral) {
            return NOTHING;
        }
        Size size =
                new Size(1, List.of(SqlKind.CASE, SqlKind.IN, SqlKind.NOT_IN).contains(call.getKind()));
        for (int i = 0; i < operands.size(); i++) {
            size = size.plus(of(operands.get(i)), times(call, i));
        }
        if (size.size() > MAX_SIZE) {
            throw new UnsupportedOperationException("An expression is too long: it has more than " + (int) MAX_SIZE
                    + " operators and operands, as often as COALESCE, GREATEST, CASE and their like repeat them; put parts"
                    + " of it into a step before");
        }
        return size;
    }

    private void eachOf(@Nullable SqlNode part) {
        if (part instanceof SqlNodeList list) {
            list.forEach(this::of);
        } else {
            of(part);
        }
    }

    private Size sum(SqlNodeList list) {
        Size sum = NOTHING;
        for (SqlNode node : list) {
            sum = sum.plus(of(node), 1);
        }
        return sum;
    }

    /** How often an operand stands in what the call is written out as. */
    private double times(SqlCall call, int operand) {
        int count = call.operandCount();
        return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "COALESCE", "IFNULL", "NVL" -> operand < count - 1 ? 2 : 1;
            case "NULLIF", "BETWEEN", "BETWEEN ASYMMETRIC", "NOT BETWEEN" -> operand == 0 ? 2 : 1;
            case "BETWEEN SYMMETRIC" -> operand == 0 ? 4 : 2;
            case "GREATEST", "LEAST" -> 2.0 * count;
            case "DECODE" -> operand == 0 ? count / 2.0 : 1;
            case "IN", "NOT IN" ->
                // For what stands there once, a list of values is looked up, however long it is.
                operand == 0
                                && of(call.getOperandList().get(0)).repeats()
                                && call.getOperandList().get(1) instanceof SqlNodeList values
                        ? values.size()
                        : 1;
            default -> 1;
        };
    }
}
