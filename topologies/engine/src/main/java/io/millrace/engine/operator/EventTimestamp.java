package io.millrace.engine.operator;

import org.apache.calcite.rel.type.RelDataType;

/** Dates each row by its event-time column. */
public final class EventTimestamp {

    private EventTimestamp() {}

    /** Rows dated by {@code column}; one without a time goes to quarantine, since no window could hold it. */
    public static OperatorFactory of(
            int column, String relation, RelDataType rowType, Quarantine quarantine, OperatorFactory next) {
        String name = rowType.getFieldNames().get(column);
        Quarantine.Reason missing = new Quarantine.Reason(
                Quarantine.Stage.EXPRESSION, null, "The event-time column '" + name + "' is null", null);
        Quarantine.Reason early = new Quarantine.Reason(
                Quarantine.Stage.EXPRESSION, null, "The event-time column '" + name + "' lies before 1970", null);
        return context -> {
            Operator downstream = next.create(context);
            return (source, timestampMs, row) -> {
                Long time = (Long) row[column];
                if (time == null || time < 0) {
                    // Kafka has no timestamps before 1970.
                    quarantine.add(context, relation, source, time == null ? missing : early, rowType, row);
                } else {
                    downstream.process(source, time, row);
                }
            };
        };
    }
}
