package io.millrace.engine.operator;

/** One stage of a row's way; calls the next stage for what goes on. Used by one task alone. */
public interface Operator {

    /** Takes a change of its input. */
    void process(Change change);

    /**
     * Takes the word that no row with an event time before {@code watermarkMs} will come, but for late ones. Never falls.
     *
     * @param watermarkMs milliseconds since 1970 UTC
     */
    void advance(long watermarkMs);

    /**
     * The input of a run has ended: what waits for more goes on without it. Time stays where it was; a row that comes afterwards belongs to
     * the next run.
     */
    void end();

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

            @Override
            public void end() {
                downstream.end();
            }
        };
    }

    /** The last of a chain: nothing is behind it. */
    static Operator last(java.util.function.Consumer<Change> rows) {
        return new Operator() {
            @Override
            public void process(Change change) {
                rows.accept(change);
            }

            @Override
            public void advance(long watermarkMs) {}

            @Override
            public void end() {}
        };
    }
}
