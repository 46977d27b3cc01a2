package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every form by itself over many rows: what differs here is one operator or function, not a combination of them. */
final class EveryFormTest {

    /** Always the same, so that what is known to differ does. */
    private static final long SEED = 20_240_229L;

    private static final int ROWS = 250;
    private static final int QUERIES_PER_PIPELINE = 50;

    /** The first difference of each form that has one. */
    private static final Map<String, String> DIFFERENCES = new LinkedHashMap<>();

    @BeforeAll
    static void compareEveryForm() throws SQLException {
        StatelessCase table = StatelessCase.random(new Random(SEED), ROWS).withCorners();
        Map<StatelessQuery, String> keys = new HashMap<>();
        List<StatelessQuery> queries = new ArrayList<>();
        for (Form form : Forms.all()) {
            List<Expression> operands = new ArrayList<>();
            for (ColumnType type : form.operands()) {
                List<Expression> columns = table.columns().stream()
                        .filter(column -> column.type() == type)
                        .toList();
                operands.add(columns.get(operands.size() % columns.size()));
            }
            StatelessQuery query = StatelessQuery.of(form.of(operands));
            keys.put(query, form.key());
            queries.add(query);
        }
        DIFFERENCES.clear();
        try (DuckDb duckDb = DuckDb.open()) {
            table.create(duckDb);
            for (int i = 0; i < queries.size(); i += QUERIES_PER_PIPELINE) {
                List<StatelessQuery> some = queries.subList(i, Math.min(queries.size(), i + QUERIES_PER_PIPELINE));
                for (StatelessCase.Difference difference : table.differences(duckDb, some)) {
                    DIFFERENCES.putIfAbsent(
                            keys.get(difference.query()), difference.text() + operands(table, difference));
                }
            }
        }
    }

    @Test
    void shouldAgreeWithDuckDbOnEveryFormThatIsNotKnownToDiffer() {
        Map<String, String> unknown = new LinkedHashMap<>(DIFFERENCES);
        unknown.keySet().removeAll(KnownDifferences.all().keySet());
        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldStillDifferWhereADifferenceIsKnown() {
        TreeSet<String> mended = new TreeSet<>(KnownDifferences.all().keySet());
        mended.removeAll(DIFFERENCES.keySet());
        assertThat(mended)
                .as("forms that agree now: take them off the list of known differences")
                .isEmpty();
    }

    private static String operands(StatelessCase table, StatelessCase.Difference difference) {
        if (difference.row() < 0) {
            return "";
        }
        List<String> operands = new ArrayList<>();
        for (Expression part : difference.query().columns().get(0).parts()) {
            Object value = table.rows().get(difference.row())[table.names().indexOf(part.here())];
            operands.add(part.type().here() + " " + value);
        }
        return " [" + String.join(", ", operands) + "]";
    }
}
