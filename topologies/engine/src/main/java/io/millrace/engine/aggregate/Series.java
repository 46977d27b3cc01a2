package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sums of one column, from which a {@link Statistic} is made. */
final class Series implements FunctionState {

    private final int column;
    private final boolean isBinary;
    private final Statistic statistic;
    private final Rounding rounding;

    private final Specials specials = new Specials();
    private long count;
    private Exact sum;
    private Exact squares;

    /** @param isBinary whether the column holds doubles */
    Series(int column, boolean isBinary, Statistic statistic, Rounding rounding) {
        this.column = column;
        this.isBinary = isBinary;
        this.statistic = statistic;
        this.rounding = rounding;
        this.sum = Exact.zero(isBinary);
        this.squares = sum;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        Number value = (Number) Objects.requireNonNull(row.get(column));
        count += delta;
        if (specials.change(value, delta)) {
            return;
        }
        Exact exact = Exact.of(value, isBinary);
        Exact signed = delta > 0 ? exact : exact.negate();
        sum = sum.plus(signed);
        if (statistic.needsSquares()) {
            squares = squares.plus(signed.times(exact));
        }
    }

    @Override
    public @Nullable Object result(Bag bag) {
        return statistic.of(this, rounding);
    }

    long count() {
        return count;
    }

    Exact sum() {
        return sum;
    }

    Exact squares() {
        return squares;
    }

    Specials specials() {
        return specials;
    }

    @Override
    public void write(BytesWriter out) {
        out.writeVarint(count);
        specials.write(out);
        sum.write(out);
        if (statistic.needsSquares()) {
            squares.write(out);
        }
    }

    @Override
    public void read(BytesReader in) {
        count = in.readVarint();
        specials.read(in);
        sum = Exact.read(in, isBinary);
        if (statistic.needsSquares()) {
            squares = Exact.read(in, isBinary);
        }
    }
}
