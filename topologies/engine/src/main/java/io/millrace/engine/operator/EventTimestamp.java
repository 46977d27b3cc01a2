package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.TimeResolution;
import org.apache.calcite.rel.type.RelDataType;

/** Dates each row by its event-time column, and says how far event time has come. */
public final class EventTimestamp {

    private EventTimestamp() {}

    /**
     * Rows dated by {@code column}; one without a time goes to quarantine, since no window could hold it. The watermark is the newest
     * time less the delay.
     *
     * @param unit what the column counts in
     */
    public static OperatorFactory of(
            int column,
            TimeResolution unit,
            long delayMs,
            RelDataType rowType,
            Failures failures,
            OperatorFactory next) {
        String name = rowType.getFieldNames().get(column);
        Quarantine.Reason missing = new Quarantine.Reason(
                Quarantine.Stage.EXPRESSION, null, "The event-time column '" + name + "' is null", null);
        Quarantine.Reason early = new Quarantine.Reason(
                Quarantine.Stage.EXPRESSION, null, "The event-time column '" + name + "' lies before 1970", null);
        return context -> {
            Operator downstream = next.create(context);
            return new Operator() {
                private long watermarkMs = Long.MIN_VALUE;

                @Override
                public void process(Change change) {
                    Row row = change.row();
                    Long time = (Long) row.get(column);
                    if (time == null || time < 0) {
                        // Kafka has no timestamps before 1970.
                        failures.quarantine()
                                .add(
                                        context,
                                        failures.relation(),
                                        change.source(),
                                        time == null ? missing : early,
                                        rowType,
                                        row);
                        return;
                    }
                    long timeMs = unit.toMillis(time);
                    // Before the row, which closes what it has passed; it is never late by its own time.
                    if (timeMs - delayMs > watermarkMs) {
                        watermarkMs = timeMs - delayMs;
                        downstream.advance(watermarkMs);
                    }
                    downstream.process(new Change(change.source(), timeMs, change.before(), change.after()));
                }

                @Override
                public void advance(long upstreamMs) {
                    // The rows' own times say how far they have come.
                }

                @Override
                public void end() {
                    downstream.end();
                }
            };
        };
    }
}
