package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** APPROX_TOP_COUNT where rows are taken away: the values that are there most often, exactly. */
final class TopCounts extends KeptState {

    /** A value's key and how often it is there; the most often first, of as many the smallest. */
    record Counted(ByteString key, long count) {

        static final Comparator<Counted> ORDER =
                Comparator.comparingLong(Counted::count).reversed().thenComparing(Counted::key);
    }

    private final Parameter limit;

    TopCounts(OrderedKey key, Parameter limit) {
        super(key);
        this.limit = limit;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        limit.take(row);
        super.change(row, bag, delta);
    }

    @Override
    public @Nullable Object result(Bag bag) {
        PriorityQueue<Counted> top = new PriorityQueue<>(Counted.ORDER.reversed());
        try (ValueStore.Entries entries = bag.entries()) {
            while (entries.next()) {
                top.add(new Counted(new ByteString(entries.key()), entries.count()));
                if (top.size() > limit.value().intValueExact()) {
                    top.remove();
                }
            }
        }
        return rows(new ArrayList<>(top), key());
    }

    /** The result: rows of a value and its count, or null of none. */
    static @Nullable Object rows(List<Counted> counted, OrderedKey key) {
        List<Object> rows = new ArrayList<>();
        counted.stream()
                .sorted(Counted.ORDER)
                .forEach(next ->
                        rows.add(new @Nullable Object[] {key.readLast(next.key().getBytes()), next.count()}));
        return rows.isEmpty() ? null : rows;
    }

    @Override
    public void write(BytesWriter out) {
        limit.write(out);
    }

    @Override
    public void read(BytesReader in) {
        limit.read(in);
    }
}
