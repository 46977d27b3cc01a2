package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableCatalog;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plans of a task, one per topic and shape of its records; tables are made and looked at when a shape is first seen. */
final class TablePlans {

    private static final Logger LOG = LoggerFactory.getLogger(TablePlans.class);

    private final JdbcSinkConfig config;
    private final SinkDialect dialect;
    private final RecordFields recordFields;
    private final Map<Shape, TablePlan> plans = new HashMap<>();
    private @Nullable Shape lastShape;
    private @Nullable TablePlan lastPlan;

    TablePlans(JdbcSinkConfig config, SinkDialect dialect) {
        this.config = config;
        this.dialect = dialect;
        this.recordFields = new RecordFields(config);
    }

    private record Shape(
            String topic, @Nullable Schema key, @Nullable Schema value, boolean hasKey, boolean hasValue) {

        static Shape of(SinkRecord record) {
            return new Shape(
                    record.topic(),
                    record.keySchema(),
                    record.valueSchema(),
                    record.key() != null,
                    record.value() != null);
        }

        /** Records that come one after another mostly share their schemas: comparing them field by field is slow. */
        boolean isSame(Shape other) {
            return topic.equals(other.topic)
                    && key == other.key
                    && value == other.value
                    && hasKey == other.hasKey
                    && hasValue == other.hasValue;
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
        Shape shape = Shape.of(record);
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
        List<RecordField> fields = recordFields.of(record);
        TableName wanted = config.tableOf(record.topic());
        TableChecks checks = new TableChecks(config, dialect, record.topic());
        checks.types(wanted, fields);
        TableCatalog catalog = new TableCatalog(connection, dialect.database());
        Table table = catalog.find(wanted).orElse(null);
        if (table == null) {
            if (!config.createsTables()) {
                throw new ConnectException("There is no table '" + wanted + "' in "
                        + config.connection().place() + " for topic " + record.topic() + ": create it, or set "
                        + JdbcSinkConfig.AUTO_CREATE + "=true; " + catalog.tablesLike(wanted));
            }
            create(connection, wanted, fields);
            table = catalog.find(wanted)
                    .orElseThrow(() -> new ConnectException(
                            "Table '" + wanted + "' was made, but the user cannot see it: grant it its schema"));
        }
        RowAction action = config.mode() == SinkMode.UPSERT ? RowAction.UPSERT : RowAction.INSERT;
        return plan(connection, new TableWrite(table.name(), action, checks.targets(table, fields)));
    }

    private TablePlan plan(Connection connection, TableWrite write) throws SQLException {
        return TablePlan.of(write, dialect.load(connection, write));
    }

    private @Nullable TablePlan deletion(Connection connection, SinkRecord record)
            throws SQLException, BadRecordException {
        if (!config.deletes()) {
            if (config.mode() == SinkMode.UPSERT && config.keyMode() == KeyMode.RECORD_KEY) {
                return null;
            }
            throw new BadRecordException(
                    "it has no value, which deletes a row only with mode=upsert and pk.mode=record_key");
        }
        List<RecordField> key = recordFields.of(record).stream()
                .filter(RecordField::isPrimaryKey)
                .toList();
        TableName wanted = config.tableOf(record.topic());
        Table table =
                new TableCatalog(connection, dialect.database()).find(wanted).orElse(null);
        if (table == null) {
            return null;
        }
        List<TableWrite.Target> targets = new TableChecks(config, dialect, record.topic()).targetsOf(table, key);
        return plan(connection, new TableWrite(table.name(), RowAction.DELETE, targets));
    }

    private void create(Connection connection, TableName name, List<RecordField> fields) throws SQLException {
        List<String> definitions = fields.stream()
                .map(field -> dialect.quote(field.name()) + " " + dialect.typeFor(field.schema())
                        + (field.schema().isOptional() && !field.isPrimaryKey() ? "" : " NOT NULL"))
                .toList();
        List<String> key = fields.stream()
                .filter(RecordField::isPrimaryKey)
                .map(RecordField::name)
                .toList();
        String sql = new SinkStatements(dialect).create(name, definitions, key);
        LOG.info("Making the table of the connector {}: {}", config.connector(), sql);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            // Another task was faster: its table is as good.
            if (!dialect.isAlreadyThere(e)) {
                throw e;
            }
        }
    }
}
