package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import io.millrace.engine.sql.AggregateQuery;
import io.millrace.engine.sql.SqlDialect;
import java.util.List;

/** One group under way: rows of {@link Table} go through a query's projection into its aggregate functions. */
public final class Fold {

    private final AggregateQuery query;
    private final Aggregates aggregates;
    private final InMemoryValueStore values = new InMemoryValueStore();
    private GroupState state;

    public Fold(AggregateQuery query, boolean isRetracting) {
        this.query = query;
        this.aggregates = Aggregates.of(query.calls(), query.inputType(), isRetracting, SqlDialect.types());
        this.state = aggregates.newState();
    }

    static Fold of(String functions, boolean isRetracting) {
        return new Fold(AggregateQuery.of(functions, Table.ROW), isRetracting);
    }

    public Fold add(List<Object[]> rows) {
        rows.forEach(this::add);
        return this;
    }

    void add(Object[] row) {
        aggregates.add(state, values, Row.of(query.input(row)));
    }

    void retract(Object[] row) {
        aggregates.retract(state, values, Row.of(query.input(row)));
    }

    /** Lets the state live on in bytes alone. */
    void restore() {
        state = aggregates.read(aggregates.write(state));
    }

    byte[] bytes() {
        return aggregates.write(state);
    }

    public Object result() {
        return results()[0];
    }

    Object[] results() {
        return aggregates.results(state, values).toArray();
    }

    long rowCount() {
        return state.rowCount();
    }

    boolean keepsValues() {
        return aggregates.keepsValues();
    }

    boolean hasValues() {
        return !values.isEmpty();
    }
}
