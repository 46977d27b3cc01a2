package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.BadValueException;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** A row that was read: its value, or why it has none. */
sealed interface ReadRow {

    /** The source offset behind the row. */
    Map<String, Object> offset();

    /**
     * A row that could be read.
     *
     * @param value its columns
     * @param offset the source offset behind it
     */
    record Good(Struct value, Map<String, Object> offset) implements ReadRow {}

    /**
     * A row with a value that does not fit.
     *
     * @param error which value, and why
     * @param text the row as a JSON object of texts
     * @param key what finds it in the table
     * @param offset the source offset behind it
     */
    record Bad(BadValueException error, String text, String key, Map<String, Object> offset) implements ReadRow {}

    /** What was fetched, with the offset behind it. */
    static ReadRow of(FetchedRow row, Map<String, Object> offset, RowOrder order) {
        return of(row, offset, order.key(row));
    }

    /** What was fetched, with the offset behind it and what finds it. */
    static ReadRow of(FetchedRow row, Map<String, Object> offset, String key) {
        Struct value = row.value();
        return value != null
                ? new Good(value, offset)
                : new Bad(
                        row.error() == null ? new BadValueException("no value") : row.error(),
                        String.valueOf(row.text()),
                        key,
                        offset);
    }
}
