package io.millrace.engine.row;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The unit in which a TIME or TIMESTAMP is kept inside a topology: milliseconds up to a precision of 3, which is all that
 * Calcite's runtime knows, and microseconds beyond. A TIME in milliseconds is an {@code Integer}, everything else a {@code
 * Long}.
 */
public enum TimeResolution {
    MILLIS(1_000),
    MICROS(1_000_000);

    private static final int MAX_MILLIS_PRECISION = 3;

    private final long perSecond;

    TimeResolution(long perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * The unit of a TIME or TIMESTAMP type.
     *
     * @throws IllegalArgumentException when the type is neither
     */
    public static TimeResolution of(RelDataType type) {
        if (!isTime(type) && !isTimestamp(type)) {
            throw new IllegalArgumentException(type.getFullTypeString() + " is no time of a day and no timestamp");
        }
        return type.getPrecision() > MAX_MILLIS_PRECISION ? MICROS : MILLIS;
    }

    /** Whether values of the type are counted in microseconds. */
    public static boolean isMicros(RelDataType type) {
        return (isTime(type) || isTimestamp(type)) && of(type) == MICROS;
    }

    static boolean isTime(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIME;
    }

    static boolean isTimestamp(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP
                || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** How many of the unit are a second. */
    public long perSecond() {
        return perSecond;
    }

    /** A count of this unit in whole milliseconds, the rest left off. */
    public long toMillis(long count) {
        return Math.floorDiv(count, perSecond / MILLIS.perSecond);
    }

    /**
     * A count of milliseconds in this unit.
     *
     * @throws ArithmeticException when it is too large
     */
    public long ofMillis(long millis) {
        return Math.multiplyExact(millis, perSecond / MILLIS.perSecond);
    }
}
