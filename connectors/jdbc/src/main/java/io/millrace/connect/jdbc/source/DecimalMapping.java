package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.ColumnType;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What columns of decimals become that nobody lists. */
enum DecimalMapping {
    /** DECIMAL of the column's precision and scale; a text when it has none. */
    PRECISE,
    /** A text. */
    STRING,
    /** A DOUBLE; a number that is none exactly does not fit. */
    DOUBLE;

    static String[] texts() {
        return Arrays.stream(values()).map(DecimalMapping::toString).toArray(String[]::new);
    }

    static DecimalMapping of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /**
     * The type for a column.
     *
     * @param own the column's own; null when it has no precision
     */
    ColumnType of(@Nullable ColumnType own) {
        return switch (this) {
            case PRECISE -> own == null ? new ColumnType(ColumnType.Kind.STRING, 0, 0) : own;
            case STRING -> new ColumnType(ColumnType.Kind.STRING, 0, 0);
            case DOUBLE -> new ColumnType(ColumnType.Kind.DOUBLE, 0, 0);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
