package io.millrace.engine.row;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one record of CSV, null for one that is empty and in no quotes. */
final class NullableFields extends AbstractBaseCsvCallbackHandler<List<@Nullable String>> {

    private List<@Nullable String> fields = new ArrayList<>();

    @Override
    protected void handleBegin(long line) {
        fields = new ArrayList<>();
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean isQuoted) {
        fields.add(length == 0 && !isQuoted ? null : new String(buffer, offset, length));
    }

    @Override
    protected void handleEmpty() {
        fields.add(null);
    }

    @Override
    protected List<@Nullable String> buildRecord() {
        return fields;
    }
}
