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
    private static final int MOST_SPLITS = 64;
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
        SplitPlan stored = stored(own, offsets);
        SplitPlan plan = stored == null && most > 1 && own.query().isEmpty() ? plan(own, most) : stored;
        if (plan == null) {
            return List.of(Assignment.whole(table));
        }
        List<Assignment> work = new ArrayList<>();
        for (int split = 0; split < plan.splits(); split++) {
            work.add(new Assignment(table, plan, split));
        }
        return work;
    }

    /** Whether a table has been divided before. */
    public static boolean isDivided(JdbcSourceConfig config, OffsetStorageReader offsets) {
        return stored(config, offsets) != null;
    }

    /** The plan by which rows have been read, which every split's offsets tell; null when there is none. */
    private static @Nullable SplitPlan stored(JdbcSourceConfig own, OffsetStorageReader offsets) {
        List<Map<String, String>> partitions = new ArrayList<>();
        for (int split = 0; split < MOST_SPLITS; split++) {
            partitions.add(TableReader.partition(own, split));
        }
        Map<Map<String, String>, Map<String, Object>> stored = offsets.offsets(partitions);
        for (Map<String, String> partition : partitions) {
            Map<String, Object> offset = stored.get(partition);
            Object text = offset == null ? null : offset.get(TableReader.PLAN);
            if (text != null) {
                return SplitPlan.parse(text.toString());
            }
        }
        return null;
    }

    /** A plan for a table of which nothing has been read; null when it is not divided. */
    private @Nullable SplitPlan plan(JdbcSourceConfig own, int most) throws SQLException {
        if (offsets.offset(TableReader.partition(own)) != null) {
            return null;
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
        List<List<String>> bounds =
                new SplitBounds(reader, order, dialect).find(connection, rows, Math.min(most, MOST_SPLITS));
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
            settlement.note(connection, tail.lead(List.of(tail.value(0, text))), text, false);
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
