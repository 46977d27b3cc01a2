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
}
