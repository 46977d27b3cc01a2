package io.millrace.engine.differential;

import java.util.List;

/** A type of a column or an expression, as both dialects know it. */
enum ColumnType {
    BOOLEAN("BOOLEAN", "BOOLEAN"),
    TINYINT("TINYINT", "TINYINT"),
    SMALLINT("SMALLINT", "SMALLINT"),
    INTEGER("INTEGER", "INTEGER"),
    BIGINT("BIGINT", "BIGINT"),
    DECIMAL("DECIMAL(12, 3)", "DECIMAL(12, 3)"),
    REAL("REAL", "FLOAT"),
    DOUBLE("DOUBLE", "DOUBLE"),
    VARCHAR("VARCHAR", "VARCHAR"),
    VARBINARY("VARBINARY", "BLOB"),
    DATE("DATE", "DATE"),
    TIME("TIME", "TIME"),
    TIMESTAMP("TIMESTAMP", "TIMESTAMP");

    static final List<ColumnType> ALL = List.of(values());
    static final List<ColumnType> WHOLE = List.of(TINYINT, SMALLINT, INTEGER, BIGINT);
    static final int DECIMAL_DIGITS = 12;
    static final int DECIMAL_SCALE = 3;

    private final String here;
    private final String there;

    ColumnType(String here, String there) {
        this.here = here;
        this.there = there;
    }

    /** As a step or a list of columns spells it. */
    String here() {
        return here;
    }

    /** As DuckDB spells it. */
    String there() {
        return there;
    }

    /** DuckDB's expression for a value of this type as plain numbers, text or bytes, which need no conversion in JDBC. */
    String plain(String expression) {
        return switch (this) {
            case DATE -> "(" + expression + " - DATE '1970-01-01')";
            case TIME, TIMESTAMP -> "epoch_us(" + expression + ")";
            default -> expression;
        };
    }
}
