package io.millrace.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class NearestDoubleTest {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void shouldRoundAsParsingDoes(@ForAll("finite") double left, @ForAll("finite") double right) {
        // Given sums, products and middles of doubles, of which the last are often exactly between two
        BigDecimal sum = new BigDecimal(left).add(new BigDecimal(right));
        BigDecimal product = new BigDecimal(left).multiply(new BigDecimal(right));
        BigDecimal middle = new BigDecimal(left).add(new BigDecimal(Math.nextUp(left)));

        // When they are rounded, then as if their digits had been read
        assertThat(NearestDouble.quotient(sum, BigDecimal.ONE)).isEqualTo(parsed(sum));
        assertThat(NearestDouble.quotient(product, BigDecimal.ONE)).isEqualTo(parsed(product));
        assertThat(NearestDouble.quotient(middle, TWO)).isEqualTo(parsed(middle.divide(TWO)));
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void shouldFindTheRootOfEverySquare(@ForAll("finite") double value) {
        // Given the square of a double, and that of the middle between it and the next
        BigDecimal exact = new BigDecimal(Math.abs(value));
        BigDecimal middle = exact.add(new BigDecimal(Math.nextUp(Math.abs(value))));

        // When their roots are taken, then they are what was squared, rounded to even
        assertThat(NearestDouble.root(exact.pow(2), BigDecimal.ONE)).isEqualTo(Math.abs(value) + 0.0);
        assertThat(NearestDouble.root(middle.pow(2), BigDecimal.valueOf(4))).isEqualTo(parsed(middle.divide(TWO)));
    }

    @Test
    void shouldGoBeyondTheGreatestAndTheSmallest() {
        BigDecimal greatest = new BigDecimal(Double.MAX_VALUE);
        BigDecimal smallest = new BigDecimal(Double.MIN_VALUE);
        assertThat(NearestDouble.quotient(greatest.multiply(TWO), BigDecimal.ONE))
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(NearestDouble.quotient(greatest.negate().multiply(TWO), BigDecimal.ONE))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(NearestDouble.quotient(smallest, TWO)).isZero();
        assertThat(NearestDouble.quotient(smallest.multiply(new BigDecimal("1.5")), TWO))
                .isEqualTo(Double.MIN_VALUE);
        assertThat(NearestDouble.quotient(smallest, BigDecimal.TEN.pow(400))).isZero();
    }

    private static double parsed(BigDecimal value) {
        return Double.parseDouble(value.toString()) + 0.0;
    }

    @Provide
    Arbitrary<Double> finite() {
        return Arbitraries.longs().map(Double::longBitsToDouble).filter(value -> Math.abs(value) < Double.MAX_VALUE);
    }
}
