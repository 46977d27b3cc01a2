package io.millrace.engine.row;

import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** The two kinds of interval, which are never one another: months, and a length of time. */
enum IntervalKind {
    /** Counted in months, an {@code Integer}. */
    YEAR_MONTH("INTERVAL YEAR TO MONTH"),
    /** Counted in milliseconds, a {@code Long}. */
    DAY_TIME("INTERVAL DAY TO SECOND");

    private final String sql;

    IntervalKind(String sql) {
        this.sql = sql;
    }

    /** The widest type of the kind. */
    String sql() {
        return sql;
    }

    /** The kind of an interval's type; empty when the type is none. */
    static Optional<IntervalKind> of(RelDataType type) {
        if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName())) {
            return Optional.of(YEAR_MONTH);
        }
        return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName())
                ? Optional.of(DAY_TIME)
                : Optional.empty();
    }
}
