package io.millrace.engine.row;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Values as the internal ones of a column's type. What does not fit is an {@link UnfitValueException}: nothing is rounded,
 * cut or wrapped around.
 */
final class ExactValues {

    private static final long SECONDS_OF_DAY = 86_400;
    private static final char REPLACEMENT = '\uFFFD';
    private static final int UUID_CHARACTERS = 36;

    private ExactValues() {}

    /** A whole number as a TINYINT, SMALLINT, INTEGER or BIGINT. */
    static Object whole(long value, RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TINYINT -> (byte) between(value, Byte.MIN_VALUE, Byte.MAX_VALUE, type);
            case SMALLINT -> (short) between(value, Short.MIN_VALUE, Short.MAX_VALUE, type);
            case INTEGER -> (int) between(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type);
            default -> value;
        };
    }

    private static long between(long value, long min, long max, RelDataType type) {
        if (value < min || value > max) {
            throw new UnfitValueException(value + " does not fit " + name(type));
        }
        return value;
    }

    /** A decimal as a TINYINT, SMALLINT, INTEGER or BIGINT. */
    static Object whole(BigDecimal value, RelDataType type) {
        if (integerDigits(value) > 19 || decimals(value) > 0) {
            throw new UnfitValueException(UnfitValueException.shown(value) + " does not fit " + name(type));
        }
        try {
            return whole(value.longValueExact(), type);
        } catch (ArithmeticException e) {
            throw new UnfitValueException(value + " does not fit " + name(type));
        }
    }

    /** A decimal at the type's scale. */
    static BigDecimal decimal(BigDecimal value, RelDataType type) {
        int scale = type.getScale();
        int wholeDigits = type.getPrecision() - scale;
        // An exponent can be huge: digits are counted before any of them is written out.
        if (integerDigits(value) > wholeDigits) {
            throw new UnfitValueException(UnfitValueException.shown(value) + " has more than the " + wholeDigits
                    + " digits before the point that " + name(type) + " holds");
        }
        if (decimals(value) > scale) {
            throw new UnfitValueException(UnfitValueException.shown(value) + " has more than the " + scale
                    + " digits after the point that " + name(type) + " holds");
        }
        return value.signum() == 0 ? BigDecimal.valueOf(0, scale) : value.setScale(scale);
    }

    private static long integerDigits(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.max(0, (long) value.precision() - value.scale());
    }

    private static long decimals(BigDecimal value) {
        return value.scale() <= 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
    }

    /** A whole number as a DOUBLE. */
    static Double doubleOf(long value) {
        double converted = value;
        if ((long) converted != value || converted == 0x1p63) {
            throw new UnfitValueException(value + " is not exactly a DOUBLE");
        }
        return converted;
    }

    /** A whole number as a REAL. */
    static Float realOf(long value) {
        float converted = value;
        if ((long) converted != value || converted == 0x1p63f) {
            throw new UnfitValueException(value + " is not exactly a REAL");
        }
        return converted;
    }

    /** A DOUBLE as a REAL. */
    static Float realOf(double value) {
        float converted = (float) value;
        if (Double.compare(converted, value) != 0 && !Double.isNaN(value)) {
            throw new UnfitValueException(value + " is not exactly a REAL: a DOUBLE holds it");
        }
        return converted;
    }

    /** The text that bytes are in UTF-8. */
    static String utf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new UnfitValueException("The bytes are no text in UTF-8");
            }
        }
        return text;
    }

    /** A UUID in its usual form of 36 characters. */
    static UUID uuid(String text) {
        try {
            if (text.length() == UUID_CHARACTERS) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as of every other text that is none.
        }
        throw new UnfitValueException("'" + UnfitValueException.shown(text) + "' is no UUID");
    }

    /**
     * A count of some unit as a TIME or TIMESTAMP.
     *
     * @param perSecond how many of the unit are a second, a power of ten
     */
    static Object time(long count, long perSecond, RelDataType type) {
        long internal = rescale(count, perSecond, TimeResolution.of(type).perSecond(), type);
        if (!TimeResolution.isTime(type)) {
            return internal;
        }
        if (internal < 0 || internal / TimeResolution.of(type).perSecond() >= SECONDS_OF_DAY) {
            throw new UnfitValueException(count + " is no time of a day");
        }
        return TimeResolution.isMicros(type) ? (Object) internal : (Object) (int) internal;
    }

    private static long rescale(long count, long perSecond, long wanted, RelDataType type) {
        if (perSecond >= wanted) {
            long part = perSecond / wanted;
            if (count % part != 0) {
                throw new UnfitValueException(count + " of " + perSecond + " to a second is finer than "
                        + (wanted == TimeResolution.MICROS.perSecond() ? "the microseconds" : "the milliseconds")
                        + " of "
                        + name(type));
            }
            return count / part;
        }
        try {
            return Math.multiplyExact(count, wanted / perSecond);
        } catch (ArithmeticException e) {
            throw new UnfitValueException(count + " is too far from 1970 for " + name(type));
        }
    }

    /** How messages name a type. */
    static String name(RelDataType type) {
        String name = type.getFullTypeString();
        return type.isNullable() || !name.endsWith(" NOT NULL")
                ? name
                : name.substring(0, name.length() - " NOT NULL".length());
    }
}
