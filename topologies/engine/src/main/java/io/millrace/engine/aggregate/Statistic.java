package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is made of the sums of one column. */
enum Statistic {
    SUM(false, 1),
    SUM0(false, 0),
    AVG(false, 1),
    VAR_POP(true, 1),
    VAR_SAMP(true, 2),
    STDDEV_POP(true, 1),
    STDDEV_SAMP(true, 2);

    private final boolean needsSquares;
    private final int leastCount;

    Statistic(boolean needsSquares, int leastCount) {
        this.needsSquares = needsSquares;
        this.leastCount = leastCount;
    }

    boolean needsSquares() {
        return needsSquares;
    }

    /** The result, null of too few values; n²·variance is n·Σx² − (Σx)². */
    @Nullable
    Object of(Series series, Rounding rounding) {
        if (series.count() < leastCount) {
            return null;
        }
        if (series.specials().isAny()) {
            return rounding.special(
                    needsSquares ? Double.NaN : series.specials().sum());
        }
        BigDecimal n = BigDecimal.valueOf(series.count());
        BigDecimal sum = series.sum().toBigDecimal();
        if (!needsSquares) {
            return this == AVG ? rounding.quotient(sum, n) : rounding.of(sum);
        }
        BigDecimal deviations = n.multiply(series.squares().toBigDecimal()).subtract(sum.multiply(sum));
        boolean isSample = this == VAR_SAMP || this == STDDEV_SAMP;
        BigDecimal divisor = n.multiply(isSample ? n.subtract(BigDecimal.ONE) : n);
        return this == STDDEV_POP || this == STDDEV_SAMP
                ? rounding.root(deviations, divisor)
                : rounding.quotient(deviations, divisor);
    }
}
