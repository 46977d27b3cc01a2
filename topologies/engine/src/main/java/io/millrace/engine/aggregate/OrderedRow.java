package io.millrace.engine.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields one after the other; a row is read as an array. */
record OrderedRow(List<OrderedCodec> fields) implements OrderedCodec {

    @Override
    public void write(BytesWriter out, Object value) {
        List<?> list = value instanceof List<?> given ? given : null;
        for (int i = 0; i < fields.size(); i++) {
            Object field = list != null ? list.get(i) : ((@Nullable Object[]) value)[i];
            OrderedBytes.write(out, fields.get(i), field, false, false);
        }
    }

    @Override
    public Object read(BytesReader in) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = OrderedBytes.read(in, fields.get(i), false);
        }
        return values;
    }
}
