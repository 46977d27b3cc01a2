package io.millrace.engine.differential;

import io.millrace.document.InvalidDocumentException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * A query with state and what it is over.
 *
 * @param feature what it needs
 * @param relations its sources
 * @param here the query as a step writes it
 * @param there the query over what the sources hold at the end, as DuckDB writes it
 */
record StatefulScenario(Feature feature, List<TestRelation> relations, String here, String there) {

    SqlRun plan() throws InvalidDocumentException {
        return SqlRun.plan(relations.stream().map(TestRelation::spec).toList(), Map.of("result", here));
    }

    List<Input> arrival(Random random) {
        List<Input> inputs = new ArrayList<>(TestRelations.arrival(
                relations, random, feature == Feature.LOOKUP || feature == Feature.SUBQUERY_OF_STREAM));
        if (feature == Feature.JOIN_STREAMS
                || feature == Feature.JOIN_WINDOWS
                || feature == Feature.SUBQUERY_OVER_STREAM) {
            // Rows that had no partner go on when time has passed them; these two meet nothing, and are still waited
            // for.
            relations.forEach(relation -> inputs.add(relation.farInTheFuture()));
        }
        return inputs;
    }

    /** The rows that stand at the end, as sorted text. */
    List<String> finalRows(SqlRun run, List<Input> inputs, Set<Integer> restarts) {
        SqlResult result = run.run(inputs, restarts);
        if (!result.quarantine().isEmpty()) {
            return List.of("in quarantine: " + result.quarantine());
        }
        SqlResult.StepRecords step = result.step("result");
        List<String> rows = new ArrayList<>();
        step.finalRows().forEach(row -> rows.add(text(row)));
        Collections.sort(rows);
        return rows;
    }

    /** The rows that DuckDB gives, in the same form. */
    List<String> oracle(DuckDb duckDb, RelDataType rowType) throws SQLException {
        for (TestRelation relation : relations) {
            relation.create(duckDb);
        }
        List<String> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            String name = "o" + field.getIndex();
            names.add(name);
            columns.add(
                    switch (field.getType().getSqlTypeName()) {
                        case TIMESTAMP -> "epoch_ms(" + name + ")";
                        case DATE -> ColumnType.DATE.plain(name);
                        case DOUBLE -> "CAST(" + name + " AS DOUBLE)";
                        default -> name;
                    });
        }
        List<String> rows = new ArrayList<>();
        for (Object[] row : duckDb.query("SELECT " + String.join(", ", columns) + " FROM (" + there + ") AS oracle("
                + String.join(", ", names) + ")")) {
            rows.add(text(row));
        }
        Collections.sort(rows);
        return rows;
    }

    private static String text(Object[] row) {
        List<String> cells = new ArrayList<>();
        for (Object value : row) {
            cells.add(text(value));
        }
        return String.join("|", cells);
    }

    private static String text(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? new BigDecimal(number).stripTrailingZeros().toPlainString()
                    : String.valueOf(number);
        }
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return new ByteString(bytes).toString();
        }
        return String.valueOf(value);
    }
}
