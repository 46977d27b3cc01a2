package io.millrace.engine.operator;

/** One stage of a row's way; calls the next stage for what goes on. Used by one task alone. */
public interface Operator {

    /** Takes a change of its input. */
    void process(Change change);

    /**
     * Takes the word that no row with an event time before {@code watermarkMs} will come, but for late ones. Never falls.
     *
     * @param watermarkMs milliseconds since 1970 UTC; {@link Long#MAX_VALUE} when no row will come at all
     */
    void advance(long watermarkMs);

    /** An operator that keeps nothing: {@code rows} handles the changes, watermarks go on as they are. */
    static Operator stateless(Operator downstream, java.util.function.Consumer<Change> rows) {
        return new Operator() {
            @Override
            public void process(Change change) {
                rows.accept(change);
            }

            @Override
            public void advance(long watermarkMs) {
                downstream.advance(watermarkMs);
            }
        };
    }

    /** An end: nothing is behind it. */
    static Operator end(java.util.function.Consumer<Change> rows) {
        return new Operator() {
            @Override
            public void process(Change change) {
                rows.accept(change);
            }

            @Override
            public void advance(long watermarkMs) {}
        };
    }
}
