package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The plans of a task, one per topic and shape of its records; tables are made and looked at when a shape is first seen. */
final class TablePlans {

    private final JdbcSinkConfig config;
    private final SinkDialect dialect;
    private final RecordFields recordFields;
    private final SinkTables tables;
    private final List<String> keyHeaders;
    private final Map<Shape, TablePlan> plans = new HashMap<>();
    private @Nullable Shape lastShape;
    private @Nullable TablePlan lastPlan;

    TablePlans(JdbcSinkConfig config, SinkDialect dialect) {
        this.config = config;
        this.dialect = dialect;
        this.recordFields = new RecordFields(config);
        this.tables = new SinkTables(config, dialect);
        this.keyHeaders = config.keyMode() == KeyMode.RECORD_HEADER ? config.keyFields() : List.of();
    }

    private record Shape(
            String topic,
            @Nullable Schema key,
            @Nullable Schema value,
            boolean hasKey,
            boolean hasValue,
            List<@Nullable Schema> headers) {

        static Shape of(SinkRecord record, List<String> headers) {
            return new Shape(
                    record.topic(),
                    record.keySchema(),
                    record.valueSchema(),
                    record.key() != null,
                    record.value() != null,
                    headers.isEmpty() ? List.of() : schemas(record, headers));
        }

        private static List<@Nullable Schema> schemas(SinkRecord record, List<String> headers) {
            List<@Nullable Schema> schemas = new ArrayList<>();
            for (String name : headers) {
                Header header = record.headers().lastWithName(name);
                schemas.add(header == null ? null : header.schema());
            }
            return schemas;
        }

        /** Records that come one after another mostly share their schemas: comparing them field by field is slow. */
        boolean isSame(Shape other) {
            return topic.equals(other.topic)
                    && key == other.key
                    && value == other.value
                    && hasKey == other.hasKey
                    && hasValue == other.hasValue
                    && headers.equals(other.headers);
        }
    }

    /** Forgets what is known of the tables. */
    void forget() {
        plans.clear();
        lastShape = null;
        lastPlan = null;
    }

    /**
     * The plan for a record; empty when there is nothing to do for it.
     *
     * @throws BadRecordException when it cannot become a row
     * @throws ConnectException when none of its shape can
     */
    Optional<TablePlan> of(Connection connection, SinkRecord record) throws SQLException, BadRecordException {
        Shape shape = Shape.of(record, keyHeaders);
        TablePlan plan = lastPlan;
        if (plan != null && lastShape != null && lastShape.isSame(shape)) {
            return Optional.of(plan);
        }
        plan = plans.get(shape);
        if (plan == null) {
            plan = record.value() == null ? deletion(connection, record) : addition(connection, record);
        }
        if (plan != null) {
            plans.put(shape, plan);
            lastShape = shape;
            lastPlan = plan;
        }
        return Optional.ofNullable(plan);
    }

    private TablePlan addition(Connection connection, SinkRecord record) throws SQLException, BadRecordException {
        RecordRow row = recordFields.of(record);
        TableName wanted = config.tableOf(record.topic());
        TableChecks checks = new TableChecks(config, dialect, record.topic());
        checks.names(wanted, row.fields());
        Table table = tables.fit(connection, wanted, row.fields(), record.topic(), null, List.of());
        List<ChildPlan> children = new ArrayList<>();
        for (RecordList list : row.lists()) {
            children.add(child(connection, table, row.key(), list, checks));
        }
        TableWrite write = new TableWrite(table.name(), config.mode().action(), checks.targets(table, row.fields()));
        return plan(connection, write, children);
    }

    private ChildPlan child(
            Connection connection, Table parent, List<RecordField> key, RecordList list, TableChecks checks)
            throws SQLException {
        NestedFields nested = new NestedFields(Nesting.FLATTEN, config.columns(), Set.of());
        TableName wanted = new TableName(parent.name().schema(), parent.name().name() + "_" + list.name());
        List<RecordField> fields = list.fields(key, nested);
        checks.names(wanted, fields);
        Table table = tables.fit(connection, wanted, fields, checks.topic(), parent, key);
        TablePlan deletion = plan(
                connection, new TableWrite(table.name(), RowAction.DELETE, checks.targetsOf(table, key)), List.of());
        TablePlan insertion = plan(
                connection, new TableWrite(table.name(), RowAction.INSERT, checks.targetsOf(table, fields)), List.of());
        return new ChildPlan(list, deletion, insertion);
    }

    private TablePlan plan(Connection connection, TableWrite write, List<ChildPlan> children) throws SQLException {
        return TablePlan.of(write, dialect.load(connection, write), children);
    }

    private @Nullable TablePlan deletion(Connection connection, SinkRecord record)
            throws SQLException, BadRecordException {
        if (!config.deletes()) {
            if (config.mode().isKeyed() && config.keyMode().isBesideTheValue()) {
                return null;
            }
            throw new BadRecordException("it has no value, which deletes a row only with mode=upsert or update and"
                    + " pk.mode=record_key or record_header");
        }
        List<RecordField> key = recordFields.of(record).key();
        Table table = tables.find(connection, config.tableOf(record.topic())).orElse(null);
        if (table == null) {
            return null;
        }
        List<TableWrite.Target> targets = new TableChecks(config, dialect, record.topic()).targetsOf(table, key);
        return plan(connection, new TableWrite(table.name(), RowAction.DELETE, targets), List.of());
    }
}
