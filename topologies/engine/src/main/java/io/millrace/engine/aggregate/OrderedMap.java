package io.millrace.engine.aggregate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries, rows of a key and its value, as a multiset. */
record OrderedMap(OrderedCodec entries) implements OrderedCodec {

    OrderedMap(OrderedCodec key, OrderedCodec value) {
        this(new OrderedMultiset(new OrderedRow(List.of(key, value))));
    }

    @Override
    public void write(BytesWriter out, Object value) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        ((Map<?, ?>) value).forEach((key, mapped) -> rows.add(new @Nullable Object[] {key, mapped}));
        entries.write(out, rows);
    }

    @Override
    public Object read(BytesReader in) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Object row : (List<?>) entries.read(in)) {
            @Nullable Object[] entry = (@Nullable Object[]) row;
            map.put(entry[0], entry[1]);
        }
        return map;
    }
}
