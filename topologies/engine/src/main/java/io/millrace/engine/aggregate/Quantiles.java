package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PERCENTILE_DISC, PERCENTILE_CONT, MEDIAN and, where rows are taken away, APPROX_QUANTILES and APPROX_PERCENTILE: values at
 * places of the ordered bag. A result costs a walk along the bag to the last place.
 */
final class Quantiles extends KeptState {

    enum Shape {
        /** The first value at or behind the fraction. */
        DISCRETE,
        /** What lies at the fraction between the value before it and the one behind. */
        CONTINUOUS,
        /** The values at 0, 1/n, … 1, as an array. */
        ARRAY
    }

    private final Parameter parameter;
    private final Shape shape;
    private final boolean isDistinct;
    private final Rounding rounding;
    private long count;

    Quantiles(OrderedKey key, Parameter parameter, Shape shape, boolean isDistinct, Rounding rounding) {
        super(key);
        this.parameter = parameter;
        this.shape = shape;
        this.isDistinct = isDistinct;
        this.rounding = rounding;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        parameter.take(row);
        long times = bag.change(key().write(row), delta);
        if (!isDistinct || times == (delta > 0 ? 1 : 0)) {
            count += delta;
        }
    }

    @Override
    public @Nullable Object result(Bag bag) {
        if (count == 0) {
            return null;
        }
        return switch (shape) {
            case DISCRETE -> at(bag, List.of(discretePlace(parameter.value()))).get(0);
            case CONTINUOUS -> continuous(bag);
            case ARRAY -> at(bag, places(parameter.value().intValueExact()));
        };
    }

    private List<Long> places(int parts) {
        List<Long> places = new ArrayList<>();
        for (int i = 0; i <= parts; i++) {
            BigDecimal values = BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(i));
            places.add(place(values.divide(BigDecimal.valueOf(parts), 0, RoundingMode.CEILING)));
        }
        return places;
    }

    private long discretePlace(BigDecimal fraction) {
        return place(fraction.multiply(BigDecimal.valueOf(count)).setScale(0, RoundingMode.CEILING));
    }

    private static long place(BigDecimal valuesUpTo) {
        return Math.max(0, valuesUpTo.longValueExact() - 1);
    }

    private Object continuous(Bag bag) {
        BigDecimal place = parameter.value().multiply(BigDecimal.valueOf(count - 1));
        long below = place.setScale(0, RoundingMode.FLOOR).longValueExact();
        long above = place.setScale(0, RoundingMode.CEILING).longValueExact();
        List<@Nullable Object> around = at(bag, List.of(below, above));
        Number low = (Number) Objects.requireNonNull(around.get(0));
        Number high = (Number) Objects.requireNonNull(around.get(1));
        BigDecimal part = place.subtract(BigDecimal.valueOf(below));
        if (!isFinite(low) || !isFinite(high)) {
            double special = low.equals(high) || part.signum() == 0
                    ? low.doubleValue()
                    : low.doubleValue() + (high.doubleValue() - low.doubleValue()) * part.doubleValue();
            return rounding.special(special);
        }
        BigDecimal lowExact = Exact.of(low, false).toBigDecimal();
        BigDecimal distance = Exact.of(high, false).toBigDecimal().subtract(lowExact);
        return rounding.of(lowExact.add(distance.multiply(part)));
    }

    private static boolean isFinite(Number value) {
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(value.doubleValue());
    }

    /** The values at ascending places. */
    private List<@Nullable Object> at(Bag bag, List<Long> places) {
        List<@Nullable Object> values = new ArrayList<>();
        long end = 0;
        try (ValueStore.Entries entries = bag.entries()) {
            while (values.size() < places.size() && entries.next()) {
                end += isDistinct ? 1 : entries.count();
                if (places.get(values.size()) < end) {
                    Object value = key().readLast(entries.key());
                    while (values.size() < places.size() && places.get(values.size()) < end) {
                        values.add(value);
                    }
                }
            }
        }
        return values;
    }

    @Override
    public void write(BytesWriter out) {
        out.writeVarint(count);
        parameter.write(out);
    }

    @Override
    public void read(BytesReader in) {
        count = in.readVarint();
        parameter.read(in);
    }
}
