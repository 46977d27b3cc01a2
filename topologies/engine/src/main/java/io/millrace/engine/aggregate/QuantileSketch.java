package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.datasketches.kll.KllItemsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * APPROX_QUANTILES and APPROX_PERCENTILE: a KLL sketch of the values' keys. Up to {@code K} values it is exact; beyond, a
 * rank is off by at most 1.33 percent of the rows in 99 of 100 cases, and since the sketch throws coins, two runs may differ.
 */
final class QuantileSketch implements FunctionState {

    private static final int K = 200;

    private final OrderedKey key;
    private final Parameter parameter;
    private final boolean isArray;
    private KllItemsSketch<ByteString> sketch =
            KllItemsSketch.newHeapInstance(K, Comparator.<ByteString>naturalOrder(), new ByteStringItems());

    /** @param isArray whether the parameter is a number of parts, not a fraction */
    QuantileSketch(OrderedKey key, Parameter parameter, boolean isArray) {
        this.key = key;
        this.parameter = parameter;
        this.isArray = isArray;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        parameter.take(row);
        sketch.update(new ByteString(key.write(row)));
    }

    @Override
    public @Nullable Object result(Bag bag) {
        if (sketch.isEmpty()) {
            return null;
        }
        if (!isArray) {
            return at(parameter.value().doubleValue());
        }
        int parts = parameter.value().intValueExact();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i <= parts; i++) {
            values.add(at((double) i / parts));
        }
        return values;
    }

    private @Nullable Object at(double fraction) {
        return key.readLast(
                sketch.getQuantile(fraction, QuantileSearchCriteria.INCLUSIVE).getBytes());
    }

    @Override
    public void write(BytesWriter out) {
        parameter.write(out);
        out.writeSized(sketch.toByteArray());
    }

    @Override
    public void read(BytesReader in) {
        parameter.read(in);
        sketch = KllItemsSketch.heapify(
                Memory.wrap(in.readSized()), Comparator.<ByteString>naturalOrder(), new ByteStringItems());
    }
}
