package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableCatalog;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Divides a connector's work among its tasks: tables, and big ones by ranges of their keys. */
public final class WorkPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(WorkPlanner.class);
    private static final long LONGEST_SETTLEMENT_MS = 10_000;
    private static final long SETTLEMENT_REST_MS = 20;

    private final Map<String, String> properties;
    private final JdbcSourceConfig config;
    private final Database database;
    private final OffsetStorageReader offsets;

    public WorkPlanner(Map<String, String> properties, Database database, OffsetStorageReader offsets) {
        this.properties = properties;
        this.config = JdbcSourceConfig.of(properties);
        this.database = database;
        this.offsets = offsets;
    }

    /** The tables that are selected now, in the order of their names. */
    public static List<TableName> selected(JdbcSourceConfig config, Database database) throws SQLException {
        TableSelection selection = config.selection();
        return new TableCatalog(database.connection(), database.dialect())
                .names(selection.namesSchemas()).stream()
                        .filter(selection::selects)
                        .sorted((one, other) -> one.toString().compareTo(other.toString()))
                        .toList();
    }

    /**
     * Looks whether what a configuration reads is there and can be read so.
     *
     * @throws ConnectException saying what is not there
     */
    public static void requireReadable(Map<String, String> properties, Database database) throws SQLException {
        JdbcSourceConfig config = JdbcSourceConfig.of(properties);
        List<JdbcSourceConfig> sources = config.isOneRelation() ? List.of(config) : new ArrayList<>();
        if (!config.isOneRelation()) {
            for (TableName table : selected(config, database)) {
                sources.add(JdbcSourceConfig.of(properties, table));
            }
        }
        for (JdbcSourceConfig source : sources) {
            Relation relation = new Relations(source, database).find(database.connection());
            RelationReader reader = RelationReader.of(source, relation, database.dialect());
            RowOrder order = source.mode().isTail() ? reader.tailOrder(Map.of()) : reader.bulkOrder(Map.of());
            reader.statements(order, "");
        }
    }

    /** A configuration for each task, at most {@code most}. */
    public List<Map<String, String>> plan(int most) throws SQLException {
        List<Assignment> work = new ArrayList<>();
        if (config.isOneRelation()) {
            work.addAll(divide(config, null, most));
        } else {
            for (TableName table : selected(config, database)) {
                work.addAll(divide(JdbcSourceConfig.of(properties, table), table, most));
            }
        }
        int tasks = Math.max(1, Math.min(most, work.size()));
        List<List<Assignment>> shares = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < work.size(); i++) {
            shares.get(i % tasks).add(work.get(i));
        }
        List<Map<String, String>> planned = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            planned.add(Assignment.write(properties, shares.get(i), i, tasks));
        }
        return planned;
    }

    private List<Assignment> divide(JdbcSourceConfig own, @Nullable TableName table, int most) throws SQLException {
        if (most == 1 || !own.query().isEmpty()) {
            return List.of(Assignment.whole(table));
        }
        SplitPlan plan = plan(own, most);
        if (plan == null) {
            return List.of(Assignment.whole(table));
        }
        List<Assignment> work = new ArrayList<>();
        for (int split = 0; split < plan.splits(); split++) {
            work.add(new Assignment(table, plan, split));
        }
        return work;
    }

    /** The plan by which rows have been read, or a new one when none have; null when the table is not divided. */
    private @Nullable SplitPlan plan(JdbcSourceConfig own, int most) throws SQLException {
        Map<String, Object> stored = offsets.offset(TableReader.partition(own));
        if (stored != null) {
            Object text = stored.get(TableReader.PLAN);
            return text == null ? null : SplitPlan.parse(text.toString());
        }
        if (own.mode().isTail() && !own.start().equals("earliest")) {
            return null;
        }
        Connection connection = database.connection();
        Dialect dialect = database.dialect();
        Relation relation = new Relations(own, database).find(connection);
        long rows = dialect.estimatedRows(connection, relation.table().name());
        if (rows < own.splitRows()) {
            return null;
        }
        RelationReader reader = RelationReader.of(own, relation, dialect);
        RowOrder order = reader.keyOrder(TableReader.SPLIT, Map.of());
        String until = "";
        if (own.mode().isTail()) {
            RowOrder tail = reader.tailOrder(Map.of());
            if (reader.isNumbered(tail)) {
                order = tail;
            }
            String settled = settled(reader, tail, connection);
            if (settled == null) {
                return null;
            }
            until = settled;
        }
        if (order.isNone()) {
            LOG.info(
                    "{} has no unique key without nulls: one task reads it",
                    relation.table().name());
            return null;
        }
        List<List<String>> bounds = new SplitBounds(reader, order, dialect).find(connection, rows, most);
        if (bounds.isEmpty()) {
            return null;
        }
        SplitPlan plan = new SplitPlan(UUID.randomUUID().toString().substring(0, 8), until, bounds);
        LOG.info(
                "{} has about {} rows and is divided into {} splits",
                relation.table().name(),
                rows,
                plan.splits());
        return plan;
    }

    /** The greatest value up to which no row can appear any more; null when transactions keep that open for long. */
    private @Nullable String settled(RelationReader reader, RowOrder tail, Connection connection) throws SQLException {
        Settlement settlement = reader.settlement();
        try (PreparedStatement statement =
                        reader.statements(tail, "").greatest().prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            String text = rows.getString(1);
            settlement.note(connection, tail.lead(List.of(tail.value(0, text))), text);
        }
        long until = System.nanoTime() + LONGEST_SETTLEMENT_MS * 1_000_000;
        while (!settlement.isAnySettled() && System.nanoTime() - until < 0) {
            try {
                Thread.sleep(SETTLEMENT_REST_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            settlement.look(connection);
        }
        if (!settlement.isAnySettled()) {
            LOG.info(
                    "{} is read by one task: transactions that began before {} s may still add rows before others",
                    reader.relation().table().name(),
                    LONGEST_SETTLEMENT_MS / 1000);
        }
        return settlement.text();
    }
}
