package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** What offsets of a source may be. */
public final class SourceOffsets {

    private static final String TABLE = "table";
    private static final Set<String> PARTITION_KEYS = Set.of(TABLE, "run", "split", "task", "work");

    private SourceOffsets() {}

    /**
     * Looks at offsets that somebody wants to set.
     *
     * @throws ConnectException saying which is none that a task can go on from, and what it would be
     */
    public static void requireReadable(Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
        JdbcSourceConfig config = JdbcSourceConfig.of(properties);
        offsets.forEach((partition, offset) -> {
            if (partition == null
                    || !PARTITION_KEYS.containsAll(partition.keySet())
                    || !(partition.containsKey(TABLE) || partition.containsKey("task"))) {
                throw new ConnectException("The source partition " + partition
                        + " is none of this connector: it is {\"table\": \"NAME\"}, as "
                        + "GET /connectors/NAME/offsets shows it");
            }
            if (offset != null && partition.containsKey(TABLE)) {
                JdbcSourceConfig own = config.isOneRelation()
                        ? config
                        : JdbcSourceConfig.of(
                                properties,
                                TableName.parse(SourceDefinition.TABLE, String.valueOf(partition.get(TABLE))));
                requireReadable(own, partition, offset);
            }
        });
    }

    private static void requireReadable(JdbcSourceConfig config, Map<String, ?> partition, Map<String, ?> offset) {
        if (!config.mode().isTail() || partition.containsKey("split")) {
            return;
        }
        String key = config.mode().needsTimestampColumn() ? RelationReader.TIMESTAMP : RelationReader.INCREMENTING;
        Object lead = offset.get(key);
        boolean isValue = lead instanceof String || lead instanceof Number;
        if (lead == null ? !offset.containsKey(TailPass.SEEN) && !offset.containsKey(TableReader.PLAN) : !isValue) {
            throw new ConnectException("The offset " + offset + " of " + partition + " has no '" + key
                    + "' to go on behind: set {\"" + key + "\": VALUE}, or null to begin anew");
        }
        for (Map.Entry<String, @Nullable String> column : columns(config)) {
            Object told = offset.get(column.getKey());
            if (told != null && !told.equals(column.getValue())) {
                throw new ConnectException("The offset " + offset + " of " + partition + " is one of column '" + told
                        + "', and the connector reads by '" + column.getValue() + "'");
            }
        }
        if (key.equals(RelationReader.TIMESTAMP) && lead != null) {
            requireTime(partition, String.valueOf(lead));
        }
    }

    private static List<Map.Entry<String, @Nullable String>> columns(JdbcSourceConfig config) {
        return List.of(
                Map.entry(SourceDefinition.TIMESTAMP_COLUMN, config.timestampColumn()),
                Map.entry(SourceDefinition.INCREMENTING_COLUMN, config.incrementingColumn()));
    }

    private static void requireTime(Map<String, ?> partition, String text) {
        try {
            TemporalText.micros(text);
        } catch (IllegalArgumentException e) {
            throw new ConnectException(
                    "The offset of " + partition + " has '" + text
                            + "', which is no time: write it as 2024-02-29 12:30:00.000001, UTC",
                    e);
        }
    }
}
