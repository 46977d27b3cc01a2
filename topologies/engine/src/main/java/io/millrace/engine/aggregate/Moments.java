package io.millrace.engine.aggregate;

import java.math.BigDecimal;

/**
 * The exact sums of pairs.
 *
 * @param n how many pairs
 * @param yy n·Σy² − (Σy)²
 * @param xx n·Σx² − (Σx)²
 * @param xy n·Σxy − Σx·Σy
 */
record Moments(BigDecimal n, BigDecimal sumY, BigDecimal sumX, BigDecimal yy, BigDecimal xx, BigDecimal xy) {

    static Moments of(long count, Exact[] sums) {
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal y = sums[0].toBigDecimal();
        BigDecimal x = sums[1].toBigDecimal();
        return new Moments(
                n,
                y,
                x,
                n.multiply(sums[2].toBigDecimal()).subtract(y.multiply(y)),
                n.multiply(sums[3].toBigDecimal()).subtract(x.multiply(x)),
                n.multiply(sums[4].toBigDecimal()).subtract(x.multiply(y)));
    }
}
