package io.millrace.engine.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * A form that expressions can take: an operator or a function with the types of its operands.
 *
 * @param result its type
 * @param operands the types of its operands
 * @param here as a step writes it, with {@code {0}} for the first operand
 * @param there as DuckDB writes it
 * @param trait what it does beside giving a value
 */
record Form(ColumnType result, List<ColumnType> operands, String here, String there, Trait trait) {

    enum Trait {
        /** Has a value for all operands. */
        TOTAL,
        /** Fails for some operands. */
        FAILS,
        /** Leaves open which of its operands it evaluates, so none of them may fail. */
        LAZY,
        /** Gives floating-point numbers that differ in the last places: never an operand itself. */
        INEXACT
    }

    /** What tells it from the other forms: {@code CAST({0} AS BIGINT) of DOUBLE}. */
    String key() {
        return here + " of "
                + String.join(", ", operands.stream().map(ColumnType::name).toList());
    }

    boolean canFail() {
        return trait == Trait.FAILS;
    }

    boolean isInexact() {
        return trait == Trait.INEXACT;
    }

    /** Whether it may be nothing's operand. */
    boolean isOutermost() {
        return isInexact();
    }

    Expression of(List<Expression> parts) {
        return new Expression(
                this,
                result,
                fill(here, parts.stream().map(Expression::here).toList()),
                fill(there, parts.stream().map(Expression::there).toList()),
                List.copyOf(parts),
                canFail() || parts.stream().anyMatch(Expression::canFail),
                parts.stream().anyMatch(part -> part.maySkip() || (parts.size() > 1 && part.canFail())),
                isInexact() ? Values.ULPS : 0);
    }

    private static String fill(String template, List<String> parts) {
        StringBuilder filled = new StringBuilder();
        List<String> left = new ArrayList<>(parts);
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '{'
                    && i + 2 < template.length()
                    && template.charAt(i + 2) == '}'
                    && Character.isDigit(template.charAt(i + 1))) {
                filled.append(left.get(template.charAt(i + 1) - '0'));
                i += 2;
            } else {
                filled.append(c);
            }
        }
        return filled.toString();
    }
}
