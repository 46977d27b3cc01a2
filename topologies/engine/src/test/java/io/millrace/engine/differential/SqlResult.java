package io.millrace.engine.differential;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;

/**
 * What came out of a run.
 *
 * @param steps each step's records
 * @param quarantine the rows that were set aside
 */
record SqlResult(Map<String, StepRecords> steps, List<SetAside> quarantine) {

    /** A record that a step gave; a tombstone has no value. */
    record Emitted(Object[] key, Object[] value, long timestampMs) {}

    /** A row in quarantine: the relation that could not take it, the source's record that it was made of and why. */
    record SetAside(String relation, String stage, long offset, String reason) {}

    /**
     * All records of one step.
     *
     * @param rowType the columns of its rows
     * @param isTable whether each record replaces the last one of its key
     * @param records in the order in which they were written
     */
    record StepRecords(RelDataType rowType, boolean isTable, List<Emitted> records) {

        /** The rows that stand at the end: of a stream all, of a table the last of each key. */
        List<Object[]> finalRows() {
            if (!isTable) {
                return records.stream().map(Emitted::value).toList();
            }
            Map<String, Object[]> last = new LinkedHashMap<>();
            for (Emitted record : records) {
                String key = keyText(record);
                if (record.value() == null) {
                    last.remove(key);
                } else {
                    last.put(key, record.value());
                }
            }
            return new ArrayList<>(last.values());
        }

        /** A table without key columns, as of an aggregate without GROUP BY, has one row. */
        private String keyText(Emitted record) {
            if (record.key() == null) {
                return "";
            }
            StringBuilder text = new StringBuilder();
            for (Object part : record.key()) {
                text.append(part == null ? "null" : part.getClass().getSimpleName() + ":" + part)
                        .append('\u0000');
            }
            return text.toString();
        }

        String show(Object[] row) {
            return RowJson.write(rowType, Row.of(row));
        }
    }

    StepRecords step(String name) {
        return steps.get(name);
    }
}
