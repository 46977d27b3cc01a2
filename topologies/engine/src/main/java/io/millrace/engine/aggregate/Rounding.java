package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Makes an exact number a value of the type that a function results in, by the only rounding on its way: to the nearest double,
 * or half up to the last digit that a type has.
 */
record Rounding(RelDataType type) {

    /** @throws ArithmeticException when the type does not reach so far */
    Object of(BigDecimal exact) {
        return quotient(exact, BigDecimal.ONE);
    }

    Object quotient(BigDecimal dividend, BigDecimal divisor) {
        return isFloating()
                ? floating(NearestDouble.quotient(dividend, divisor))
                : fixed(dividend.divide(divisor, scale(), RoundingMode.HALF_UP));
    }

    /** The square root of a quotient that is not negative. */
    Object root(BigDecimal dividend, BigDecimal divisor) {
        if (isFloating()) {
            return floating(NearestDouble.root(dividend, divisor));
        }
        // One digit more than there will be: by it alone half is rounded up.
        int digits = scale() + 1;
        BigInteger square = dividend.scaleByPowerOfTen(2 * digits)
                .divide(divisor, 0, RoundingMode.DOWN)
                .toBigInteger();
        return fixed(new BigDecimal(square.sqrt(), digits).setScale(scale(), RoundingMode.HALF_UP));
    }

    /** A number that is none, as it is in types that have such numbers. */
    Object special(double value) {
        if (!isFloating()) {
            throw new ArithmeticException(value + " is not a number of the type " + type);
        }
        return floating(value);
    }

    private boolean isFloating() {
        return switch (type.getSqlTypeName()) {
            case REAL, FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    private int scale() {
        return switch (type.getSqlTypeName()) {
            case DECIMAL -> type.getScale();
            default -> 0;
        };
    }

    private Object floating(double value) {
        return switch (type.getSqlTypeName()) {
            case REAL -> (float) value;
            default -> value;
        };
    }

    private Object fixed(BigDecimal value) {
        return switch (type.getSqlTypeName()) {
            case DECIMAL -> decimal(value);
            case TINYINT -> within(value, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue();
            case SMALLINT -> within(value, Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
            case INTEGER, DATE, TIME, INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
                within(value, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            default -> within(value, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
        };
    }

    private BigDecimal decimal(BigDecimal value) {
        if (value.precision() > type.getPrecision()) {
            throw new ArithmeticException("The result has " + value.precision() + " digits, more than "
                    + type.getFullTypeString() + " holds");
        }
        return value;
    }

    private BigDecimal within(BigDecimal value, long min, long max) {
        if (value.compareTo(BigDecimal.valueOf(min)) < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new ArithmeticException("The result " + value + " is more than " + type + " holds");
        }
        return value;
    }
}
