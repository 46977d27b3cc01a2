package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;

/** Makes an exact number a value of the type that a function results in, by the only rounding on its way. */
record Rounding(RelDataType type) {

    /** So many more digits than a double or a DECIMAL has that theirs come out as if all had been there. */
    private static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);

    /** @throws ArithmeticException when the type does not reach so far */
    Object of(BigDecimal exact) {
        return switch (type.getSqlTypeName()) {
            case FLOAT, DOUBLE -> exact.doubleValue();
            case REAL -> exact.floatValue();
            case DECIMAL -> decimal(exact);
            case TINYINT -> whole(exact, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue();
            case SMALLINT -> whole(exact, Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
            case INTEGER, DATE, TIME, INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
                whole(exact, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            default -> whole(exact, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
        };
    }

    Object quotient(BigDecimal dividend, BigDecimal divisor) {
        return of(divide(dividend, divisor));
    }

    /** The square root of a quotient. */
    Object root(BigDecimal dividend, BigDecimal divisor) {
        return of(root(divide(dividend, divisor)));
    }

    static BigDecimal root(BigDecimal square) {
        return square.sqrt(DIGITS);
    }

    /** A number that is none, as it is in types that have such numbers. */
    Object special(double value) {
        return switch (type.getSqlTypeName()) {
            case FLOAT, DOUBLE -> value;
            case REAL -> (float) value;
            default -> throw new ArithmeticException(value + " is not a number of the type " + type);
        };
    }

    /**
     * A quotient that is never exactly between two values of a type unless it really is: digits that are cut off leave a
     * trace in the last one.
     */
    static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        BigDecimal quotient = dividend.divide(divisor, new MathContext(DIGITS.getPrecision(), RoundingMode.DOWN));
        if (quotient.multiply(divisor).compareTo(dividend) == 0) {
            return quotient;
        }
        BigDecimal trace = BigDecimal.ONE.movePointLeft(quotient.scale() + 1);
        return dividend.signum() * divisor.signum() < 0 ? quotient.subtract(trace) : quotient.add(trace);
    }

    private BigDecimal decimal(BigDecimal exact) {
        BigDecimal scaled = exact.setScale(type.getScale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.getPrecision()) {
            throw new ArithmeticException(
                    "The result has " + scaled.precision() + " digits, more than " + type.getFullTypeString() + " holds");
        }
        return scaled;
    }

    private Long whole(BigDecimal exact, long min, long max) {
        BigDecimal rounded = exact.setScale(0, RoundingMode.HALF_UP);
        if (rounded.compareTo(BigDecimal.valueOf(min)) < 0 || rounded.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new ArithmeticException("The result " + rounded + " is more than " + type + " holds");
        }
        return rounded.longValueExact();
    }
}
