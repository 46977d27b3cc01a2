package io.millrace.engine.sql;

import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses literals of intervals that are finer than a millisecond, which Calcite would cut off without a word. */
final class IntervalLiterals extends SqlBasicVisitor<@Nullable Void> {

    private static final int MILLISECOND_DIGITS = 3;

    private IntervalLiterals() {}

    /**
     * Looks through a query or a condition.
     *
     * @throws UnsupportedOperationException naming the literal
     */
    static void check(SqlNode node) {
        node.accept(new IntervalLiterals());
    }

    @Override
    public @Nullable Void visit(SqlLiteral literal) {
        if (literal instanceof SqlIntervalLiteral
                && literal.getValue() instanceof SqlIntervalLiteral.IntervalValue value
                && isFine(value.getIntervalLiteral())) {
            throw new UnsupportedOperationException(
                    "INTERVAL '" + value.getIntervalLiteral()
                            + "' is finer than the milliseconds of an INTERVAL: add microseconds with TIMESTAMPADD(MICROSECOND, …)");
        }
        return null;
    }

    private static boolean isFine(String literal) {
        int point = literal.lastIndexOf('.');
        return point >= 0
                && literal.chars().skip(point + 1L + MILLISECOND_DIGITS).anyMatch(c -> c >= '1' && c <= '9');
    }
}
