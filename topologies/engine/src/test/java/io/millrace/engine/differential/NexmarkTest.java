package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.plan.Relation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries of the Nexmark benchmark, each against its like in DuckDB over the same rows. */
final class NexmarkTest {

    private static final Path QUERIES = Path.of("src/test/resources/nexmark");

    /** Why a query is not answered, and what is said of it. */
    private record Refusal(String why, String message) {}

    private static final String BY_DESIGN = "by design";

    /** Its results come when a window closes, and so when a row comes that is long after. */
    private static final int WAITS = 7;

    private static final Map<Integer, Refusal> REFUSED = Map.of(
            // The averages of a table's rows around a row change whenever any of them does.
            6, new Refusal(BY_DESIGN, "OVER a table has no answer that stays"),
            // The engine reads no clock: a window is over when rows happened, so that a run over the same rows gives
            // the same.
            12, new Refusal(BY_DESIGN, "A window closes by event time, and 'processed_at' is not one"));

    static IntStream answered() {
        return IntStream.rangeClosed(0, 22).filter(number -> !REFUSED.containsKey(number));
    }

    static IntStream refused() {
        return REFUSED.keySet().stream().mapToInt(number -> number).sorted();
    }

    @ParameterizedTest(name = "q{0}")
    @MethodSource("answered")
    void shouldGiveWhatDuckDbGives(int number) throws Exception {
        SqlRun run = plan(number);
        List<TestRelation> relations = relations(run);
        StatefulScenario scenario = new StatefulScenario(
                Feature.LOOKUP, relations, "q" + number, Files.readString(QUERIES.resolve("q" + number + ".sql")));
        List<Input> arrival = new ArrayList<>(scenario.arrival(new Random(number)));
        if (number == WAITS) {
            relations.forEach(relation -> arrival.add(aYearLater(relation)));
        }
        List<String> rows = scenario.finalRows(run, arrival, Set.of());
        assertThat(rows).isNotEmpty().isEqualTo(oracle(scenario, run));
    }

    private static Input aYearLater(TestRelation relation) {
        Object[] values =
                relation.inputs().get(relation.inputs().size() - 1).values().clone();
        int time = relation.timeColumn();
        values[time] = (Long) values[time] + 365L * 24 * 3600 * 1000;
        return new Input(relation.spec().name(), values, false);
    }

    @ParameterizedTest(name = "q{0}")
    @MethodSource("refused")
    void shouldSayWhyAQueryIsNotAnswered(int number) throws IOException {
        Refusal refusal = REFUSED.get(number);
        String message;
        try {
            SqlRun run = plan(number);
            run.run(List.of());
            message = "It can be planned";
        } catch (InvalidDocumentException | RuntimeException e) {
            message = String.valueOf(e.getMessage());
        }
        assertThat(message).as("q" + number + " is refused: " + refusal.why()).contains(refusal.message());
    }

    private static SqlRun plan(int number) throws InvalidDocumentException, IOException {
        return SqlRun.of(Documents.read(QUERIES.resolve("q" + number + ".yaml"))
                .pipelines()
                .get(0));
    }

    private static List<String> oracle(StatefulScenario scenario, SqlRun run) throws SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            return scenario.oracle(duckDb, run.plan().relation("result").rowType());
        }
    }

    private static List<TestRelation> relations(SqlRun run) {
        NexmarkRows rows = new NexmarkRows();
        List<TestRelation> relations = new ArrayList<>();
        for (Relation relation : run.plan().relations()) {
            if (relation instanceof Relation.SourceRelation source) {
                List<String> names = source.rowType().getFieldNames();
                List<ColumnType> types = source.rowType().getFieldList().stream()
                        .map(NexmarkTest::type)
                        .toList();
                RelationSpec spec = source.isTable()
                        ? RelationSpec.table(source.name(), "", source.key().toArray(String[]::new))
                        : RelationSpec.stream(source.name(), "").timed("ts", TestRelations.DELAY);
                List<Input> inputs = rows.of(source.name()).stream()
                        .map(row -> Input.row(source.name(), row))
                        .toList();
                relations.add(new TestRelation(spec, names, types, inputs));
            }
        }
        return relations;
    }

    private static ColumnType type(RelDataTypeField column) {
        return switch (column.getType().getSqlTypeName()) {
            case BIGINT -> ColumnType.BIGINT;
            case TIMESTAMP -> ColumnType.TIMESTAMP;
            default -> ColumnType.VARCHAR;
        };
    }
}
