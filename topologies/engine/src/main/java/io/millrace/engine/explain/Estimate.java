package io.millrace.engine.explain;

/**
 * What an operator or a step is expected to cost, by {@link CostModel}: for comparing one form of a pipeline with another.
 *
 * @param rowsIn rows and changes that come in
 * @param rowsOut rows and changes that go out
 * @param cpu work, in the unit of evaluating one simple expression over one row
 * @param repartitionedRows rows that go through a repartition topic
 * @param repartitionedBytes what they weigh
 * @param stateKeys entries of the stores, of those without an end when all rows have come
 * @param stateBytes what they weigh
 */
public record Estimate(
        double rowsIn,
        double rowsOut,
        double cpu,
        double repartitionedRows,
        double repartitionedBytes,
        double stateKeys,
        double stateBytes) {

    /** The work and state of both, with the rows of this one. */
    Estimate with(Estimate other) {
        return new Estimate(
                rowsIn,
                rowsOut,
                cpu + other.cpu,
                repartitionedRows + other.repartitionedRows,
                repartitionedBytes + other.repartitionedBytes,
                stateKeys + other.stateKeys,
                stateBytes + other.stateBytes);
    }

    /** What an entry of the state weighs; 0 without any. */
    public double stateBytesPerKey() {
        return stateKeys == 0 ? 0 : stateBytes / stateKeys;
    }
}
