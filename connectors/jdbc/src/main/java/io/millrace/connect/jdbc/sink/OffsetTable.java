package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Fault;
import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableCatalog;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The table that keeps offsets beside the rows, a row per connector and partition. To make a connector write everything again, its
 * rows are deleted while it is stopped.
 */
public final class OffsetTable {

    private static final String GENERATION = "generation";
    private static final List<String> KEY = List.of("connector", "topic", "partition");
    private static final List<String> COLUMNS = List.of(
            "next_offset", "first_offset", "first_record", "run", GENERATION, "connector", "topic", "partition");

    private final SinkDialect dialect;
    private final SinkStatements statements;
    private final TableName configured;
    private final String connector;
    private @Nullable TableName found;

    public OffsetTable(SinkDialect dialect, TableName configured, String connector) {
        this.dialect = dialect;
        this.statements = new SinkStatements(dialect);
        this.configured = configured;
        this.connector = connector;
    }

    /** Everything stored for the connector. The table is made when it is not there. */
    Map<TopicPartition, StoredOffset> read(Connection connection) throws SQLException {
        TableName table = find(connection);
        if (table == null) {
            execute(connection, create());
            table = find(connection);
        }
        Map<TopicPartition, StoredOffset> offsets = new HashMap<>();
        if (table == null) {
            return offsets;
        }
        String sql = statements.select(table, COLUMNS, List.of("connector"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, connector);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    offsets.put(
                            new TopicPartition(rows.getString("topic"), rows.getInt("partition")),
                            new StoredOffset(
                                    rows.getLong("next_offset"),
                                    rows.getLong("first_offset"),
                                    rows.getString("first_record"),
                                    rows.getString("run"),
                                    rows.getLong(GENERATION)));
                }
            }
        }
        return offsets;
    }

    /**
     * Takes partitions over from whoever has written them: a transaction of theirs that is open ends first, and another one fails.
     *
     * @return what is stored for them now
     */
    Map<TopicPartition, StoredOffset> takeOver(Connection connection, List<TopicPartition> partitions)
            throws SQLException {
        TableName table = found == null ? configured : found;
        String sql = "UPDATE " + dialect.name(table) + " SET " + dialect.quote(GENERATION) + " = "
                + dialect.quote(GENERATION) + " + 1 WHERE "
                + KEY.stream().map(column -> dialect.quote(column) + " = ?").collect(Collectors.joining(" AND "));
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (TopicPartition partition : partitions) {
                statement.setString(1, connector);
                statement.setString(2, partition.topic());
                statement.setInt(3, partition.partition());
                statement.executeUpdate();
            }
        }
        Map<TopicPartition, StoredOffset> now = read(connection);
        connection.commit();
        connection.setAutoCommit(true);
        now.keySet().retainAll(partitions);
        return now;
    }

    /**
     * Stores a partition's offset.
     *
     * @param before what has to be stored until now; null when nothing
     * @throws OffsetsMovedException when something else is
     */
    void save(Connection connection, TopicPartition partition, @Nullable StoredOffset before, StoredOffset after)
            throws SQLException {
        TableName table = found == null ? configured : found;
        String sql = before == null
                ? statements.insert(table, COLUMNS)
                : statements.update(
                        table,
                        COLUMNS.subList(0, COLUMNS.size() - KEY.size()),
                        List.of("connector", "topic", "partition", "next_offset", "first_record", GENERATION));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, after.next());
            statement.setLong(2, after.first());
            statement.setString(3, after.firstRecord());
            statement.setString(4, after.run());
            statement.setLong(5, after.generation());
            statement.setString(6, connector);
            statement.setString(7, partition.topic());
            statement.setInt(8, partition.partition());
            if (before != null) {
                statement.setLong(9, before.next());
                statement.setString(10, before.firstRecord());
                statement.setLong(11, before.generation());
            }
            if (!isSaved(statement)) {
                throw new OffsetsMovedException(partition);
            }
        }
    }

    /** A row that is there where none was is somebody else's. */
    private boolean isSaved(PreparedStatement statement) throws SQLException {
        try {
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (dialect.database().fault(e) == Fault.DATA) {
                return false;
            }
            throw e;
        }
    }

    /** Forgets partitions, so that Kafka's own offsets decide again. */
    public void delete(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
        TableName table = find(connection);
        if (table == null) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(statements.delete(table, KEY))) {
            for (TopicPartition partition : partitions) {
                statement.setString(1, connector);
                statement.setString(2, partition.topic());
                statement.setInt(3, partition.partition());
                statement.executeUpdate();
            }
        }
    }

    /** The table; one from before generations were counted gets their column. */
    private @Nullable TableName find(Connection connection) throws SQLException {
        Optional<Table> table = new TableCatalog(connection, dialect.database()).find(configured);
        found = table.map(Table::name).orElse(null);
        if (table.isPresent() && table.get().column(GENERATION).isEmpty()) {
            execute(
                    connection,
                    "ALTER TABLE " + dialect.name(table.get().name()) + " ADD " + dialect.quote(GENERATION) + " "
                            + typeFor(GENERATION) + " DEFAULT 0 NOT NULL");
        }
        return found;
    }

    private String create() {
        List<String> definitions = COLUMNS.stream()
                .map(name -> dialect.quote(name) + " " + typeFor(name) + " NOT NULL")
                .toList();
        return statements.create(configured, definitions, KEY, "");
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!dialect.isAlreadyThere(e)) {
                throw e;
            }
        }
    }

    private @Nullable String typeFor(String column) {
        return KEY.contains(column) ? dialect.keyTypeFor(schema(column)) : dialect.typeFor(schema(column));
    }

    private static Schema schema(String column) {
        return switch (column) {
            case "next_offset", "first_offset", GENERATION -> Schema.INT64_SCHEMA;
            case "partition" -> Schema.INT32_SCHEMA;
            default -> Schema.STRING_SCHEMA;
        };
    }
}
