package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random queries without state against DuckDB: {@code -Dmillrace.differential.queries} says how many,
 * {@code -Dmillrace.differential.seed} which.
 */
final class StatelessQueriesTest {

    private static final int QUERIES = Integer.getInteger("millrace.differential.queries", 2000);
    private static final long SEED = Long.getLong("millrace.differential.seed", 20_240_229L);
    private static final int QUERIES_PER_PIPELINE = 40;
    private static final int ROWS = 16;
    private static final int MAX_REPORTED = Integer.getInteger("millrace.differential.reported", 5);

    @Test
    void shouldGiveWhatDuckDbGivesForRandomQueries() throws SQLException {
        // Given
        List<String> report = new ArrayList<>();
        Tally tally = new Tally();
        List<Form> forms = KnownDifferences.agreeing(Forms.all());

        // When
        try (DuckDb duckDb = DuckDb.open()) {
            for (int done = 0; done < QUERIES && report.size() < MAX_REPORTED; done += QUERIES_PER_PIPELINE) {
                long seed = SEED + done;
                Random random = new Random(seed);
                StatelessCase table = StatelessCase.random(random, ROWS);
                List<StatelessQuery> queries = queries(random, forms, table);
                table.create(duckDb);
                for (StatelessCase.Difference difference : firstOfEach(table.differences(duckDb, queries, tally))) {
                    if (report.size() < MAX_REPORTED) {
                        report.add("seed " + seed + ": " + new Shrinking(duckDb).shrink(table, difference));
                    }
                }
            }
        }

        // Then
        System.out.println(tally);
        assertThat(report).isEmpty();
    }

    private static List<StatelessQuery> queries(Random random, List<Form> forms, StatelessCase table) {
        ExpressionGenerator generator = new ExpressionGenerator(random, forms, table.columns());
        List<StatelessQuery> queries = new ArrayList<>();
        for (int i = 0; i < QUERIES_PER_PIPELINE; i++) {
            // One that may fail hides nothing of the others, since they do not.
            List<Expression> columns =
                    List.of(generator.any(1 + random.nextInt(3), true), generator.any(1 + random.nextInt(3), false));
            boolean isFiltered = random.nextInt(3) == 0;
            Expression condition = isFiltered ? generator.condition(3, random.nextBoolean()) : null;
            queries.add(new StatelessQuery(columns, condition));
        }
        return queries;
    }

    private static List<StatelessCase.Difference> firstOfEach(List<StatelessCase.Difference> differences) {
        Set<StatelessQuery> seen = new HashSet<>();
        List<StatelessCase.Difference> first = new ArrayList<>();
        for (StatelessCase.Difference difference : differences) {
            if (seen.add(difference.query())) {
                first.add(difference);
            }
        }
        return first;
    }
}
