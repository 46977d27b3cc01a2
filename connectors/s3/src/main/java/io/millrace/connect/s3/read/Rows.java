package io.millrace.connect.s3.read;

import io.millrace.connect.common.BadValueException;
import io.millrace.connect.common.Column;
import io.millrace.connect.common.ColumnType;
import io.millrace.connect.common.RowShape;
import java.math.BigDecimal;
import org.apache.kafka.connect.data.Struct;

/** What holds for the rows of every format. */
final class Rows {

    /** No column has that many digits, and to write out the zeros of 1e999999999 takes gigabytes. */
    private static final int MAX_EXPONENT = 1_000;

    private Rows() {}

    /** Says which column of a row has no value but needs one. */
    static void requireComplete(RowShape shape, Struct row) throws BadValueException {
        for (int i = 0; i < shape.columns().size(); i++) {
            Column column = shape.columns().get(i);
            if (!column.nullable() && row.get(shape.value().fields().get(i)) == null) {
                throw new BadValueException("column '" + column.name() + "' is NOT NULL, but there is no value for it");
            }
        }
    }

    /** A column's value from text, as {@link ColumnType#fromText}. */
    static Object fromText(Column column, String text) throws BadValueException {
        if (column.type().kind() == ColumnType.Kind.DECIMAL) {
            requireSmallExponent(column, text);
        }
        return column.type().fromText(column.name(), text);
    }

    private static void requireSmallExponent(Column column, String text) throws BadValueException {
        try {
            if (Math.abs((long) new BigDecimal(text).scale()) > MAX_EXPONENT) {
                throw bad(column, text);
            }
        } catch (NumberFormatException e) {
            throw bad(column, text);
        }
    }

    /** A value that does not fit its column, in the words of {@link ColumnType#fromText}. */
    static BadValueException bad(Column column, String text) {
        return new BadValueException(
                "column '" + column.name() + "': '" + ColumnType.shortened(text) + "' is not a " + column.type());
    }
}
