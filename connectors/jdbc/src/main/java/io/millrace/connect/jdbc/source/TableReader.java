package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** Does one assignment, pass after pass, each from where the offsets say that the one before was left. */
final class TableReader {

    static final String PASS = "pass";
    static final String PLAN = "plan";
    static final String SPLIT = "split.";
    private static final long STALL_MS = 100;
    private static final long SCHEMA_LOOK_MS = 5_000;

    private final JdbcSourceConfig config;
    private final Assignment assignment;
    private final Database database;
    private final Map<String, String> partition;
    private final SplitGate gate;
    private @Nullable Map<String, Object> offset;
    private volatile @Nullable RelationReader relation;
    private @Nullable Pass pass;
    private boolean isPaused;
    private boolean hasBegun;
    private boolean mustLook;
    private long lookedAt = System.nanoTime();
    private volatile boolean isSplitOver;
    private boolean isAtEnd;
    private long restMs;

    /** A reader that goes on behind what is stored, or begins when nothing is. */
    TableReader(
            JdbcSourceConfig config,
            Assignment assignment,
            Database database,
            OffsetStorageReader offsets,
            boolean isExactlyOnce) {
        this.config = config;
        this.database = database;
        Map<String, String> lead = partition(config);
        this.gate = new SplitGate(assignment, lead, offsets, isExactlyOnce);
        this.assignment = gate.assignment();
        this.partition = partition(config, this.assignment.split());
        this.offset = ofThisPlan(offsets.offset(this.partition));
    }

    /** An offset within the splits of another plan tells nothing of these. */
    private @Nullable Map<String, Object> ofThisPlan(@Nullable Map<String, Object> stored) {
        SplitPlan plan = assignment.plan();
        Object text = stored == null ? null : stored.get(PLAN);
        boolean isOther = plan != null
                && text != null
                && !SplitPlan.parse(text.toString()).id().equals(plan.id());
        return isOther ? null : stored;
    }

    /** A run of mode once reads a table from its beginning; else, and where new rows are told, reading goes on. */
    static Map<String, String> partition(JdbcSourceConfig config) {
        return config.options().runsOnce() && !config.mode().isTail()
                ? Map.of("table", config.sourceName(), "run", config.options().runId())
                : Map.of("table", config.sourceName());
    }

    /** The first split has the partition of the whole table, whose reading goes on behind the splits. */
    static Map<String, String> partition(JdbcSourceConfig config, int split) {
        Map<String, String> own = new HashMap<>(partition(config));
        if (split > 0) {
            own.put("split", Integer.toString(split));
        }
        return Map.copyOf(own);
    }

    JdbcSourceConfig config() {
        return config;
    }

    Map<String, String> partition() {
        return partition;
    }

    Assignment assignment() {
        return assignment;
    }

    /** The next rows; none when there are none for now. */
    List<ReadRow> next() throws SQLException {
        isAtEnd = false;
        restMs = 0;
        if (!gate.isOpen()) {
            restMs = STALL_MS;
            return List.of();
        }
        Connection connection = database.connection();
        if (mustLook && relation != null) {
            hasOtherColumns(connection);
        }
        mustLook = false;
        lookAgain(connection);
        if (isPaused) {
            restMs = SCHEMA_LOOK_MS;
            return List.of();
        }
        Pass current = pass;
        if (current == null) {
            current = begin(connection);
            pass = current;
        }
        List<ReadRow> rows = current.next(connection);
        if (rows.stream().anyMatch(ReadRow.Bad.class::isInstance) && hasOtherColumns(connection)) {
            // They do not fit what the table was before: they are read again, as what it is now.
            pass = null;
            return List.of();
        }
        if (!rows.isEmpty()) {
            offset = rows.get(rows.size() - 1).offset();
        }
        if (current.isOver()) {
            ended(current);
        } else if (rows.isEmpty()) {
            restMs = STALL_MS;
        }
        return rows;
    }

    /** Looks from time to time, between two looks at the rows, whether the table has another shape. */
    private void lookAgain(Connection connection) throws SQLException {
        Pass current = pass;
        boolean isBetween = current == null || current.isOver();
        boolean isTime = System.nanoTime() - lookedAt > TimeUnit.MILLISECONDS.toNanos(SCHEMA_LOOK_MS);
        if (relation == null || !isBetween || !isTime || !hasOtherColumns(connection) || isPaused) {
            return;
        }
        RelationReader now = relation;
        RowOrder order = now == null || !config.mode().isTail() ? null : now.tailOrder(tailFixed());
        if (current instanceof TailPass tail
                && now != null
                && order != null
                && tail.isInOrder(order, now.isUnique(order.columns()))) {
            tail.goOnWith(now.statements(order, ""), now.fetch(order));
        } else {
            pass = null;
        }
    }

    /** Whether a table's columns have changed; they are taken up unless the change is to stop the reading. */
    private boolean hasOtherColumns(Connection connection) throws SQLException {
        lookedAt = System.nanoTime();
        RelationReader known = relation;
        RelationReader now =
                RelationReader.of(config, new Relations(config, database).find(connection), database.dialect());
        if (known == null || now.relation().equals(known.relation())) {
            isPaused = false;
            return false;
        }
        isPaused = !ShapeChange.between(known.rows().shape(), now.rows().shape())
                .mayGoOn(config, now.relation().table().name());
        if (!isPaused) {
            relation = now;
        }
        return true;
    }

    private void ended(Pass current) {
        boolean isTail = current instanceof TailPass;
        if (!isTail) {
            pass = null;
        }
        if (assignment.plan() != null && config.mode().isTail() && !isTail) {
            isSplitOver = true;
            // Behind the divided rows there are those that came since.
            isAtEnd = !assignment.isLead();
            return;
        }
        if (!config.mode().isTail()) {
            offset = fixed(passNumber() + 1);
        }
        isAtEnd = true;
    }

    /** Whether all there is has been read for now. */
    boolean isAtEnd() {
        return isAtEnd;
    }

    /** Whether nothing will ever be left to do. */
    boolean isDone() {
        return isSplitOver && !assignment.isLead();
    }

    /** How long to wait though the end is not reached, in milliseconds. */
    long restMs() {
        return restMs;
    }

    /** The table as it was found. */
    TableName tableName() {
        RelationReader known = relation;
        return known == null ? config.table() : known.relation().table().name();
    }

    /** Forgets what hung on a connection that is gone; the offset stays. */
    void disconnected() {
        pass = null;
        mustLook = true;
    }

    /** The shape of the rows that {@link #next} has given. */
    RowReader rowReader() {
        RelationReader known = relation;
        if (known == null) {
            throw new IllegalStateException("nothing has been read");
        }
        return known.rows();
    }

    private long passNumber() {
        Object number = offset == null ? null : offset.get(PASS);
        return number instanceof Number pass ? pass.longValue() : 1;
    }

    /** What is in every offset. */
    private Map<String, Object> fixed(long passNumber) {
        Map<String, Object> fixed = new LinkedHashMap<>();
        if (!config.mode().isTail()) {
            fixed.put(PASS, passNumber);
        }
        if (assignment.plan() != null) {
            fixed.put(PLAN, assignment.plan().text());
        }
        return fixed;
    }

    private Pass begin(Connection connection) throws SQLException {
        Dialect dialect = database.dialect();
        RelationReader found = relation;
        boolean isFirst = found == null;
        if (found == null) {
            found = RelationReader.of(config, new Relations(config, database).find(connection), dialect);
            relation = found;
        }
        Pass begun;
        RowOrder order;
        if (!config.mode().isTail()) {
            Map<String, Object> fixed = fixed(passNumber());
            order = found.bulkOrder(fixed);
            begun = found.bulk(fixed, range(order), order, "");
        } else {
            order = found.tailOrder(tailFixed());
            begun = splitPass(found, order);
            if (begun == null) {
                begun = tail(found, order, connection);
            }
        }
        if (isFirst) {
            found.tellLimits(order);
        }
        return begun;
    }

    private RowRange range(RowOrder order) {
        SplitPlan plan = assignment.plan();
        RowRange range = plan == null ? RowRange.ALL : plan.range(assignment.split());
        List<String> place = order.place(offset);
        return place == null ? range : range.from(RowRange.Bound.excluding(place));
    }

    /** The pass over the divided rows; null when there are none, or they are read. */
    private @Nullable Pass splitPass(RelationReader found, RowOrder tailOrder) {
        SplitPlan plan = assignment.plan();
        if (plan == null || isSplitOver || isTailOffset(tailOrder)) {
            return null;
        }
        boolean isNumbered = found.isNumbered(tailOrder);
        RowOrder order = isNumbered
                ? RowOrder.of(
                        tailOrder.columns(),
                        List.of(SPLIT + tailOrder.columns().get(0).name()),
                        fixed(1),
                        database.dialect())
                : found.keyOrder(SPLIT, fixed(1));
        TableColumn lead = tailOrder.columns().get(0);
        String limit = database.dialect()
                .parameterFromText(lead)
                .replace("?", database.dialect().textLiteral(plan.until()));
        String until = found.relation().column(lead, database.dialect()) + (isNumbered ? " <= " : " < ") + limit;
        return found.bulk(fixed(1), range(order), order, until);
    }

    private boolean isTailOffset(RowOrder tailOrder) {
        Map<String, Object> stored = offset;
        return stored != null && (stored.containsKey(tailOrder.keys().get(0)) || stored.containsKey(TailPass.SEEN));
    }

    private Map<String, Object> tailFixed() {
        Map<String, Object> fixed = fixed(1);
        if (config.mode().needsTimestampColumn()) {
            fixed.put(SourceDefinition.TIMESTAMP_COLUMN, config.timestampColumn());
        }
        if (config.mode().needsIncrementingColumn()) {
            fixed.put(SourceDefinition.INCREMENTING_COLUMN, config.incrementingColumn());
        }
        return fixed;
    }

    private Pass tail(RelationReader found, RowOrder order, Connection connection) throws SQLException {
        TailStart start = new TailStart(config, assignment.plan(), found, order);
        Map<String, Object> stored = isTailOffset(order) && start.isReadable(offset) ? offset : null;
        if (stored == null && !hasBegun) {
            // What is the latest now is where reading begins, even when the connection is lost before the first row.
            stored = start.place(connection);
            offset = stored;
        }
        hasBegun = true;
        return TailPass.behind(
                stored,
                found.statements(order, ""),
                found.fetch(order),
                order,
                found.isUnique(order.columns()),
                found.settlement(),
                config.batchSize());
    }
}
