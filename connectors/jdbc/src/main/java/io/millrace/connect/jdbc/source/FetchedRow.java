package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.BadValueException;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A row as it came from the database.
 *
 * @param value its columns; null when one of them does not fit
 * @param error why there is no value; null when there is
 * @param text the row as a JSON object of texts; null when there is a value
 * @param place the values of the order's columns: {@link Long} for whole numbers that fit, else their texts
 * @param occurrence how many equal rows came before it, where nothing tells them apart
 */
record FetchedRow(
        @Nullable Struct value,
        @Nullable BadValueException error,
        @Nullable String text,
        List<Object> place,
        int occurrence) {

    static FetchedRow good(Struct value, List<Object> place) {
        return new FetchedRow(value, null, null, place, 0);
    }

    static FetchedRow bad(BadValueException error, String text, List<Object> place) {
        return new FetchedRow(null, error, text, place, 0);
    }

    FetchedRow after(int equals) {
        return new FetchedRow(value, error, text, place, equals);
    }
}
