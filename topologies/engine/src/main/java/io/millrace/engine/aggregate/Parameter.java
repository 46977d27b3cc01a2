package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.math.BigDecimal;

/**
 * A number that a query gives to a function beside the values, a literal: it comes with every row, and the group keeps it for
 * its result.
 */
final class Parameter {

    private final int column;
    private BigDecimal value;

    /** @param column where it is in the rows */
    static Parameter column(int column) {
        return new Parameter(column, BigDecimal.ZERO);
    }

    static Parameter constant(BigDecimal value) {
        return new Parameter(-1, value);
    }

    private Parameter(int column, BigDecimal value) {
        this.column = column;
        this.value = value;
    }

    void take(Row row) {
        if (column >= 0) {
            Object given = row.get(column);
            value = given instanceof BigDecimal decimal ? decimal : new BigDecimal(String.valueOf(given));
        }
    }

    BigDecimal value() {
        return value;
    }

    void write(BytesWriter out) {
        if (column >= 0) {
            Exact.of(value, false).write(out);
        }
    }

    void read(BytesReader in) {
        if (column >= 0) {
            value = Exact.read(in, false).toBigDecimal();
        }
    }
}
