package io.millrace.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.document.Connection;
import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Location;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What connectors are told of what a pipeline needs. */
final class PushDownTest {

    private static final Location NOWHERE = new Location("test", 1, 1);
    private static final List<Connection> CONNECTIONS = List.of(
            new Connection("db", NOWHERE, "jdbc", Map.of("url", "jdbc:postgresql://127.0.0.1/x")),
            new Connection("store", NOWHERE, "s3", Map.of("bucket", "b")));
    private static final String COLUMNS =
            "id BIGINT NOT NULL, n INT, k STRING, ts TIMESTAMP, f DOUBLE, \"Odd\" DECIMAL(9, 2), unread INT NOT NULL";

    private static PipelinePlan plan(String source, String rest) throws InvalidDocumentException {
        String yaml =
                "apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: p}\nspec:\n  sources:\n    s:\n      columns: '"
                        + COLUMNS + "'\n" + source.indent(6) + "  sinks: {out: {from: r, connector: topic}}\n" + rest;
        return PipelinePlanner.plan(Documents.read("test", yaml).pipelines().get(0), CONNECTIONS, PlanOptions.DEFAULT);
    }

    private static PipelinePlan filtered(String pushDown, String step, String rest) throws InvalidDocumentException {
        return plan(
                "connector: jdbc\nconnection: db\nconfig: {table: t}\npush_down: " + pushDown,
                "  steps:\n    r: |\n      " + step + "\n" + rest);
    }

    private static Map<String, String> config(PipelinePlan plan) {
        return plan.connectors().get(0).config();
    }

    @Test
    void shouldTellAConnectorNothingUnlessAskedTo() throws Exception {
        PipelinePlan plan = plan(
                "connector: jdbc\nconnection: db\nconfig: {table: t}", "  steps: {r: SELECT id FROM s WHERE n > 1}\n");
        assertThat(config(plan))
                .containsEntry(
                        "columns",
                        "id BIGINT NOT NULL, n INT, k STRING, ts TIMESTAMP, f DOUBLE, \"Odd\" DECIMAL(9, 2), unread INT NOT NULL")
                .doesNotContainKey("where");
        assertThat(plan.needs().get(0).where()).isEqualTo("\"n\" > 1");
    }

    @Test
    void shouldTellAConnectorTheColumnsAsTheyAreWritten() throws Exception {
        String step = "SELECT id, \"Odd\" AS x FROM s WHERE n > 1";
        assertThat(config(filtered("columns", step, "")))
                .containsEntry("columns", "id BIGINT NOT NULL, n INT, \"Odd\" DECIMAL(9, 2)")
                .doesNotContainKey("where");
        assertThat(config(filtered("filters", step, "")))
                .containsEntry("columns", "id BIGINT NOT NULL, n INT, \"Odd\" DECIMAL(9, 2)")
                .containsEntry("where", "\"n\" > 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            SELECT id FROM s WHERE n > 1 AND k IN ('a', 'b')             | ("n" > 1 AND "k" IN ('a', 'b'))
            SELECT id FROM s WHERE n > 1 AND f > 1e0                     | "n" > 1
            SELECT id FROM s WHERE n > 1 OR f > 1e0                      | -
            SELECT id FROM s WHERE NOT (n > 1 OR f > 1e0)                | "n" <= 1
            SELECT id FROM s WHERE n BETWEEN 1 AND 3                     | ("n" >= 1 AND "n" <= 3)
            SELECT id FROM s WHERE k <> 'it''s' AND k IS NOT NULL        | ("k" <> 'it''s' AND "k" IS NOT NULL)
            SELECT id FROM s WHERE NOT (n < 1) AND NOT n = 3             | ("n" >= 1 AND "n" <> 3)
            SELECT id FROM s WHERE k < 'b'                               | -
            SELECT id FROM s WHERE ts >= TIMESTAMP '2024-01-01 00:00:00' | "ts" >= TIMESTAMP '2024-01-01 00:00:00'
            SELECT id FROM s WHERE CAST(n AS BIGINT) = 3                 | "n" = 3
            SELECT id FROM s WHERE CAST(n AS SMALLINT) = 3               | -
            SELECT id FROM s WHERE CURRENT_TIMESTAMP > ts                | -
            SELECT id FROM s WHERE _offset > 3 AND n = 1                 | -
            SELECT id FROM (SELECT id, n AS m FROM s) WHERE m = 3        | "n" = 3
            SELECT id FROM (SELECT id, n + 1 AS m FROM s) WHERE m = 3    | -
            SELECT k, COUNT(*) AS c FROM s WHERE n = 1 GROUP BY k        | "n" = 1
            SELECT k, COUNT(*) AS c FROM s GROUP BY k HAVING COUNT(*) > 1 | -
            SELECT id FROM s WHERE n = 1 UNION ALL SELECT id FROM s WHERE k = 'a' | ("n" = 1 OR "k" = 'a')
            SELECT id FROM s WHERE n = 1 UNION ALL SELECT n FROM s       | -
            """)
    void shouldTellWhatOfAConditionMeansTheSame(String step, String where) throws Exception {
        assertThat(config(filtered("filters", step, "")).get("where")).isEqualTo(where);
    }

    @Test
    void shouldCarryConditionsThroughStepsToWhatTheyRead() throws Exception {
        String rest = "    m: SELECT id, n, k FROM s WHERE n > 1\n";
        assertThat(config(filtered("filters", "SELECT id FROM m WHERE k = 'a'", rest))
                        .get("where"))
                .isEqualTo("(\"k\" = 'a' AND \"n\" > 1)");
        assertThat(config(filtered(
                                "filters",
                                "SELECT id FROM m WHERE k = 'a'",
                                rest + "  quality: {m: [{check: id > 0}]}\n"))
                        .get("where"))
                .isEqualTo("\"n\" > 1");
        assertThat(config(filtered("filters", "SELECT id FROM m WHERE k = 'a'", rest + "    z: SELECT id FROM s\n"))
                        .get("where"))
                .as("a step that nothing takes needs nothing")
                .isEqualTo("(\"k\" = 'a' AND \"n\" > 1)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quality: {s: [{check: id > 0}]}     | its rules look at each of them
            event_time: {s: {column: ts}}       | each of them moves its event time on
            """)
    void shouldReadEveryRowThatHasAnotherConsequence(String key, String why) throws Exception {
        PipelinePlan plan = filtered("filters", "SELECT id FROM s WHERE n = 1", "  " + key + "\n");
        assertThat(config(plan)).doesNotContainKey("where");
        assertThat(plan.needs().get(0).whyAllRows()).isEqualTo(why);
        assertThat(plan.needs().get(0).columns()).contains("id", "n").doesNotContain("k");
    }

    @Test
    void shouldReadEverythingOfASourceThatASinkTakes() throws Exception {
        String yaml = """
                apiVersion: millrace/v1
                kind: Pipeline
                metadata: {name: p}
                spec:
                  sources:
                    s: {connector: jdbc, connection: db, config: {table: t}, columns: "id INT, n INT", push_down: filters}
                  sinks: {out: {from: s, connector: topic}}
                """;
        PipelinePlan plan =
                PipelinePlanner.plan(Documents.read("test", yaml).pipelines().get(0), CONNECTIONS, PlanOptions.DEFAULT);
        assertThat(config(plan)).containsEntry("columns", "id INT, n INT").doesNotContainKey("where");
        assertThat(plan.needs().get(0).whyAllRows()).isEqualTo("a sink takes all of them");
    }

    @Test
    void shouldNarrowATableByItsKeyAlone() throws Exception {
        String source = "connector: jdbc\nconnection: db\nconfig: {table: t}\nas: table\nkey: id\npush_down: filters";
        PipelinePlan byKey = plan(source, "  steps: {r: 'SELECT id, k FROM s WHERE id > 3 AND n > 1'}\n");
        assertThat(config(byKey))
                .containsEntry("where", "\"id\" > 3")
                // What may not be null is kept in the table's store.
                .containsEntry("columns", "id BIGINT NOT NULL, n INT, k STRING, unread INT NOT NULL");
        PipelinePlan byValue = plan(source, "  steps: {r: 'SELECT id, k FROM s WHERE n > 1'}\n");
        assertThat(config(byValue)).doesNotContainKey("where");
        assertThat(byValue.needs().get(0).whyAllRows()).contains("only conditions of its key");
    }

    @Test
    void shouldKeepTheConditionOfTheDocument() throws Exception {
        PipelinePlan plan = plan(
                "connector: jdbc\nconnection: db\nconfig: {table: t, where: a = 1 OR a = 2}\npush_down: filters",
                "  steps: {r: SELECT id FROM s WHERE n > 1}\n");
        assertThat(config(plan)).containsEntry("where", "(a = 1 OR a = 2) AND \"n\" > 1");
    }

    @Test
    void shouldNarrowTheColumnsOfObjectsThatNameThem() throws Exception {
        String s3 = "connector: s3\nconnection: store\npush_down: columns\n";
        String step = "  steps: {r: SELECT id FROM s WHERE n > 1}\n";
        assertThat(config(plan(s3 + "config: {prefix: x/, format: csv}", step)))
                .containsEntry("columns", "id BIGINT NOT NULL, n INT");
        assertThat(config(plan(s3 + "config: {prefix: x/, format: csv, csv.header: false}", step))
                        .get("columns"))
                .as("the fields are in the order of all columns")
                .contains("unread INT NOT NULL");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connector: topic                                | columns | Nothing can be pushed down to a source that is a topic
            {connector: s3, connection: store}              | filters | An s3 source takes no conditions
            {connector: org.example.Source}                 | columns | How to push columns down to a connector of the class 'org.example.Source' is not known
            """)
    void shouldRefuseWhatAConnectorCannotDo(String source, String setting, String message) {
        String inner = source.startsWith("{")
                ? source.substring(1, source.length() - 1).replace(", ", "\n")
                : source;
        InvalidDocumentException refused = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> plan(inner + "\npush_down: " + setting, "  steps: {r: SELECT id FROM s}\n"));
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).startsWith(message);
            assertThat(problem.location().line()).isGreaterThan(6);
        });
    }
}
