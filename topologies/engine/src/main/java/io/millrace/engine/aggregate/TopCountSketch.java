package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * APPROX_TOP_COUNT: a sketch of frequent items that counts up to 1536 different values exactly; with more, a count is too
 * great by at most 0.2 percent of the rows.
 */
final class TopCountSketch implements FunctionState {

    private static final int MAX_MAP_SIZE = 2048;

    private final OrderedKey key;
    private final Parameter limit;
    private ItemsSketch<ByteString> sketch = new ItemsSketch<>(MAX_MAP_SIZE);

    TopCountSketch(OrderedKey key, Parameter limit) {
        this.key = key;
        this.limit = limit;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        limit.take(row);
        sketch.update(new ByteString(key.write(row)));
    }

    @Override
    public @Nullable Object result(Bag bag) {
        List<TopCounts.Counted> top = Arrays.stream(sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
                .map(item -> new TopCounts.Counted(item.getItem(), item.getEstimate()))
                .sorted(TopCounts.Counted.ORDER)
                .limit(limit.value().longValueExact())
                .toList();
        return TopCounts.rows(top, key);
    }

    @Override
    public void write(BytesWriter out) {
        limit.write(out);
        out.writeSized(sketch.toByteArray(new ByteStringItems()));
    }

    @Override
    public void read(BytesReader in) {
        limit.read(in);
        sketch = ItemsSketch.getInstance(Memory.wrap(in.readSized()), new ByteStringItems());
    }
}
