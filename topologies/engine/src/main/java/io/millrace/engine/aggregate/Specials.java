package io.millrace.engine.aggregate;

/** How many of the numbers that are none, which no exact sum can hold, are among some values. */
final class Specials {

    private long nans;
    private long positives;
    private long negatives;

    /** Counts the value in or out when it is one of them; otherwise says false. */
    boolean change(Number value, int delta) {
        if (!(value instanceof Double || value instanceof Float)) {
            return false;
        }
        double number = value.doubleValue();
        if (Double.isFinite(number)) {
            return false;
        }
        if (Double.isNaN(number)) {
            nans += delta;
        } else if (number > 0) {
            positives += delta;
        } else {
            negatives += delta;
        }
        return true;
    }

    boolean isAny() {
        return nans != 0 || positives != 0 || negatives != 0;
    }

    /** What a sum with at least one of them is. */
    double sum() {
        if (nans != 0 || (positives != 0 && negatives != 0)) {
            return Double.NaN;
        }
        return positives != 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    void write(BytesWriter out) {
        out.writeByte(isAny() ? 1 : 0);
        if (isAny()) {
            out.writeVarint(nans);
            out.writeVarint(positives);
            out.writeVarint(negatives);
        }
    }

    void read(BytesReader in) {
        if (in.readByte() == 1) {
            nans = in.readVarint();
            positives = in.readVarint();
            negatives = in.readVarint();
        }
    }
}
