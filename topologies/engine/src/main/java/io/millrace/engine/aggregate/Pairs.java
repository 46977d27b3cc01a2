package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sums of two columns, y and x as SQL orders them, from which a {@link PairStatistic} is made. */
final class Pairs implements FunctionState {

    private static final int SUMS = 5;

    private final int yColumn;
    private final int xColumn;
    private final boolean isBinary;
    private final PairStatistic statistic;
    private final Rounding rounding;

    private long count;
    private long specials;
    /** Of y, x, y², x² and x·y. */
    private final Exact[] sums = new Exact[SUMS];

    /** @param isBinary whether both columns hold doubles or whole numbers */
    Pairs(int yColumn, int xColumn, boolean isBinary, PairStatistic statistic, Rounding rounding) {
        this.yColumn = yColumn;
        this.xColumn = xColumn;
        this.isBinary = isBinary;
        this.statistic = statistic;
        this.rounding = rounding;
        java.util.Arrays.fill(sums, Exact.zero(isBinary));
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        Number yValue = (Number) Objects.requireNonNull(row.get(yColumn));
        Number xValue = (Number) Objects.requireNonNull(row.get(xColumn));
        count += delta;
        if (!Double.isFinite(doubleOf(yValue)) || !Double.isFinite(doubleOf(xValue))) {
            specials += delta;
            return;
        }
        Exact y = Exact.of(yValue, isBinary);
        Exact x = Exact.of(xValue, isBinary);
        Exact signedY = delta > 0 ? y : y.negate();
        Exact signedX = delta > 0 ? x : x.negate();
        Exact[] terms = {signedY, signedX, signedY.times(y), signedX.times(x), signedY.times(x)};
        for (int i = 0; i < SUMS; i++) {
            sums[i] = sums[i].plus(terms[i]);
        }
    }

    /** Of a number that is neither REAL nor DOUBLE nothing but that it is finite. */
    private static double doubleOf(Number value) {
        return value instanceof Double || value instanceof Float ? value.doubleValue() : 0;
    }

    @Override
    public @Nullable Object result(Bag bag) {
        if (count < statistic.leastCount()) {
            return null;
        }
        if (specials != 0) {
            return rounding.special(Double.NaN);
        }
        return statistic.of(Moments.of(count, sums), rounding);
    }

    @Override
    public void write(BytesWriter out) {
        out.writeVarint(count);
        out.writeVarint(specials);
        for (Exact sum : sums) {
            sum.write(out);
        }
    }

    @Override
    public void read(BytesReader in) {
        count = in.readVarint();
        specials = in.readVarint();
        for (int i = 0; i < SUMS; i++) {
            sums[i] = Exact.read(in, isBinary);
        }
    }
}
