package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableCatalog;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the tables of a sink, and makes or changes those that may be.
 *
 * @param config the sink's configuration
 * @param dialect how statements are written
 */
record SinkTables(JdbcSinkConfig config, SinkDialect dialect) {

    private static final Logger LOG = LoggerFactory.getLogger(SinkTables.class);

    Optional<Table> find(Connection connection, TableName wanted) throws SQLException {
        return new TableCatalog(connection, dialect.database()).find(wanted);
    }

    /**
     * The table for records with these fields, fit for them.
     *
     * @param parent the table whose rows its rows belong to; null when there is none
     */
    Table fit(
            Connection connection,
            TableName wanted,
            List<RecordField> fields,
            String topic,
            @Nullable Table parent,
            List<RecordField> parentKey)
            throws SQLException {
        Optional<Table> found = find(connection, wanted);
        if (found.isEmpty()) {
            if (!config.evolution().creates()) {
                throw new ConnectException("There is no table '" + wanted + "' in "
                        + config.connection().place() + " for topic " + topic + ": create it, or set "
                        + Evolution.AUTO_CREATE + "=true; "
                        + new TableCatalog(connection, dialect.database()).tablesLike(wanted));
            }
            String reference = parent == null ? "" : reference(parent, parentKey);
            run(connection, List.of(create(wanted, fields, reference)));
            return find(connection, wanted)
                    .orElseThrow(() -> new ConnectException(
                            "Table '" + wanted + "' was made, but the user cannot see it: grant it its schema"));
        }
        List<String> statements = new TableFit(config.evolution(), dialect, topic, config.mode() != SinkMode.UPDATE)
                .statements(found.get(), fields);
        if (statements.isEmpty()) {
            return found.get();
        }
        run(connection, statements);
        return find(connection, wanted).orElseThrow(() -> new ConnectException("Table '" + wanted + "' has gone"));
    }

    private String create(TableName name, List<RecordField> fields, String reference) {
        List<String> definitions = fields.stream()
                .map(field -> dialect.quote(field.name()) + " " + dialect.typeFor(field)
                        + (field.isOptional() && !field.isPrimaryKey() ? "" : " NOT NULL"))
                .toList();
        List<String> key = fields.stream()
                .filter(RecordField::isPrimaryKey)
                .map(RecordField::name)
                .toList();
        return new SinkStatements(dialect).create(name, definitions, key, reference);
    }

    /** Items go with the row that they belong to. */
    private String reference(Table parent, List<RecordField> key) {
        SinkStatements statements = new SinkStatements(dialect);
        String columns = statements.list(key.stream().map(RecordField::name).toList());
        return ", FOREIGN KEY " + columns + " REFERENCES " + dialect.name(parent.name()) + " " + columns
                + " ON DELETE CASCADE";
    }

    private void run(Connection connection, List<String> statements) throws SQLException {
        if (config.evolution().isDry()) {
            String shown = String.join("; ", statements);
            LOG.info("Dry run of the connector {}: {}", config.connector(), shown);
            throw new TablePausedException(
                    Evolution.DRY_RUN + "=true: the records wait until somebody has run: " + shown);
        }
        for (String sql : statements) {
            LOG.info("Changing tables for the connector {}: {}", config.connector(), sql);
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                // Another task was faster: what it made is as good.
                if (!dialect.isAlreadyThere(e)) {
                    throw e;
                }
            }
        }
    }
}
