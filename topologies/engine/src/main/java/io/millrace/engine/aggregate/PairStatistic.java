package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is made of the sums of two columns: SQL's functions of y and x. Null where one would divide by zero. */
enum PairStatistic {
    COVAR_POP,
    COVAR_SAMP,
    CORR,
    REGR_SXX,
    REGR_SYY,
    REGR_SXY,
    REGR_AVGX,
    REGR_AVGY,
    REGR_SLOPE,
    REGR_INTERCEPT,
    REGR_R2;

    int leastCount() {
        return this == COVAR_SAMP ? 2 : 1;
    }

    @Nullable
    Object of(Moments of, Rounding rounding) {
        BigDecimal n = of.n();
        boolean isXConstant = of.xx().signum() == 0;
        boolean isYConstant = of.yy().signum() == 0;
        return switch (this) {
            case COVAR_POP -> rounding.quotient(of.xy(), n.multiply(n));
            case COVAR_SAMP -> rounding.quotient(of.xy(), n.multiply(n.subtract(BigDecimal.ONE)));
            case REGR_SXX -> rounding.quotient(of.xx(), n);
            case REGR_SYY -> rounding.quotient(of.yy(), n);
            case REGR_SXY -> rounding.quotient(of.xy(), n);
            case REGR_AVGX -> rounding.quotient(of.sumX(), n);
            case REGR_AVGY -> rounding.quotient(of.sumY(), n);
            case CORR -> isXConstant || isYConstant ? null : correlation(of, rounding);
            case REGR_SLOPE -> isXConstant ? null : rounding.quotient(of.xy(), of.xx());
            case REGR_INTERCEPT -> isXConstant ? null : intercept(of, rounding);
            case REGR_R2 ->
                isXConstant ? null : isYConstant ? rounding.of(BigDecimal.ONE) : determination(of, rounding);
        };
    }

    /** The root of r², with r's sign. */
    private static Object correlation(Moments of, Rounding rounding) {
        double magnitude = NearestDouble.root(of.xy().multiply(of.xy()), of.xx().multiply(of.yy()));
        return rounding.special(of.xy().signum() < 0 ? -magnitude : magnitude);
    }

    private static Object intercept(Moments of, Rounding rounding) {
        BigDecimal dividend = of.sumY().multiply(of.xx()).subtract(of.sumX().multiply(of.xy()));
        return rounding.quotient(dividend, of.n().multiply(of.xx()));
    }

    private static Object determination(Moments of, Rounding rounding) {
        return rounding.quotient(of.xy().multiply(of.xy()), of.xx().multiply(of.yy()));
    }
}
