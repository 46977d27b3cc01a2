package io.millrace.connect.jdbc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where reading on begins.
 *
 * @param config what is read
 * @param plan how the rows before were divided; null when they were not
 * @param relation where it is read
 * @param order its order
 */
record TailStart(JdbcSourceConfig config, @Nullable SplitPlan plan, RelationReader relation, RowOrder order) {

    private static final Logger LOG = LoggerFactory.getLogger(TailStart.class);

    /** Whether an offset tells a place in the columns that rows are told by now. */
    boolean isReadable(@Nullable Map<String, Object> stored) {
        for (Map.Entry<String, Object> wanted : order.fixed().entrySet()) {
            boolean isColumn = !wanted.getKey().equals(TableReader.PLAN);
            Object there = stored == null ? null : stored.get(wanted.getKey());
            if (isColumn && there != null && !wanted.getValue().equals(there)) {
                LOG.warn("The stored offset {} is not one of {}: reading from the beginning", stored, wanted);
                return false;
            }
        }
        return true;
    }

    /** The offset to begin with: behind the divided rows, or where the configuration says; null for all rows. */
    @Nullable
    Map<String, Object> place(Connection connection) throws SQLException {
        if (plan != null) {
            return behind(plan.until(), !relation.isNumbered(order));
        }
        return switch (config.start()) {
            case "earliest" -> null;
            case "latest" -> latest(connection);
            default -> behind(config.start(), false);
        };
    }

    private @Nullable Map<String, Object> latest(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        relation.statements(order, "").greatest().prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? behind(rows.getString(1), false) : null;
        }
    }

    private Map<String, Object> behind(String lead, boolean isInclusive) {
        return Map.of(order.keys().get(0), lead, TailPass.INCLUSIVE, isInclusive);
    }
}
