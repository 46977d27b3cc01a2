package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.PipelineRun;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.cli.stack.StackOptions;
import io.millrace.document.DocumentSet;
import io.millrace.document.Documents;
import io.millrace.local.demo.ExampleData;
import io.millrace.orchestrator.RunReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The flights example on real servers: what arrives in Postgres and in Parquet equals, row by row, what DuckDB computes from the same
 * files. A second run then reads only what is new, among it lines that cannot be read and rows that break a rule.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FlightsOnTheStackIT {

    private static final Path EXAMPLE = Path.of("../../examples/flights");
    private static final String NEW_FLIGHTS = """
            {"date":"2001/04/01 10:00","delay":7,"distance":600,"origin":"SFO","destination":"LAX"}
            {"date":"2001/04/01 10:05","delay":3,"distance":600,"origin":"SFO",
            {"date":"2001/04/01 10:10","delay":"late","distance":600,"origin":"SFO","destination":"LAX"}
            {"date":"2001/04/01 10:20","delay":5000,"distance":600,"origin":"SFO","destination":"LAX"}
            {"date":"yesterday","delay":1,"distance":600,"origin":"SFO","destination":"LAX"}
            {"date":"2001/04/01 10:30","delay":9,"distance":600,"origin":"SFO","destination":"LAX"}
            """;

    private static final String DEPARTURES =
            "SELECT strptime(f.date, '%Y/%m/%d %H:%M') AS departed_at, f.origin, a.city, a.state,"
                    + " f.delay, f.distance FROM flights f JOIN airports a ON f.origin = a.iata"
                    + " WHERE f.origin IS NOT NULL AND coalesce(f.delay BETWEEN -120 AND 2000, true) AND coalesce(f.distance > 0, true)";

    private Path data;
    private LocalStack stack;
    private Connection duckDb;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        data = directory.resolve("stack");
        stack = new EmbeddedStackProvider().start(new StackOptions(data, true), part -> {});
        new ExampleData(EXAMPLE.resolve("data")).load(stack.endpoints());
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "CREATE TABLE airports AS FROM read_csv('" + EXAMPLE + "/data/airports.csv', header = true)");
            statement.execute(
                    "CREATE TABLE flights AS FROM read_json('" + EXAMPLE + "/data/flights/*.json.gz', columns ="
                            + " {date: 'VARCHAR', delay: 'INT', distance: 'INT', origin: 'VARCHAR', destination: 'VARCHAR'})");
        }
    }

    @AfterAll
    void stop() throws SQLException {
        duckDb.close();
        stack.close();
    }

    @Test
    @Order(1)
    void shouldDeliverWhatDuckDbComputesFromTheSameFiles() throws Exception {
        RunReport report = run();

        assertThat(report.read()).isEqualTo(Map.of("flights", 10_000L, "airports", 3_376L));
        assertThat(report.quarantine()).isEmpty();
        List<String> lake = lake();
        assertThat(lake).hasSizeGreaterThan(9_000).containsExactlyElementsOf(expectedLake());
        assertThat(report.written()).containsEntry("lake", (long) lake.size());
        assertThat(warehouse()).hasSizeGreaterThan(1_000).containsExactlyElementsOf(expectedWarehouse());
    }

    @Test
    @Order(2)
    void shouldReadOnlyWhatIsNewAndSetAsideWhatIsBroken() throws Exception {
        put("flights/part-5.json", NEW_FLIGHTS);
        RunReport report = run();

        assertThat(report.read()).containsEntry("flights", 4L);
        assertThat(report.quarantine())
                .extracting(RunReport.SetAside::stage, RunReport.SetAside::relation, RunReport.SetAside::rows)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("extract", "flights", 1L),
                        org.assertj.core.groups.Tuple.tuple("extract", "flights", 1L),
                        org.assertj.core.groups.Tuple.tuple("rule", "departures", 1L),
                        org.assertj.core.groups.Tuple.tuple("expression", "departures", 1L));
        assertThat(report.quarantine())
                .filteredOn(row -> row.stage().equals("extract"))
                .extracting(RunReport.SetAside::example)
                .containsExactlyInAnyOrder(
                        "s3://millrace/flights/part-5.json#line=2", "s3://millrace/flights/part-5.json#line=3");

        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "INSERT INTO flights VALUES ('2001/04/01 10:00', 7, 600, 'SFO', 'LAX'), ('2001/04/01 10:30', 9, 600,"
                            + " 'SFO', 'LAX')");
        }
        assertThat(lake()).containsExactlyElementsOf(expectedLake());
        assertThat(warehouse()).containsExactlyElementsOf(expectedWarehouse());
    }

    @Test
    @Order(3)
    void shouldChangeNothingWhenNothingIsNew() throws Exception {
        RunReport report = run();

        assertThat(report.read()).containsEntry("flights", 0L);
        assertThat(lake()).containsExactlyElementsOf(expectedLake());
        assertThat(warehouse()).containsExactlyElementsOf(expectedWarehouse());
    }

    private RunReport run() throws Exception {
        DocumentSet documents = Documents.read(EXAMPLE.resolve("flights.yaml"));
        return PipelineRun.execute(
                documents, stack.endpoints(), data.resolve("streams"), PipelineRun.PATIENCE, snapshot -> {});
    }

    private void put(String key, String content) throws IOException, InterruptedException {
        URI object = stack.endpoints().s3().resolve("/" + stack.endpoints().s3Bucket() + "/" + key);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(object)
                                .PUT(HttpRequest.BodyPublishers.ofString(content))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private List<String> lake() throws SQLException {
        return sorted(
                duckDb,
                "SELECT epoch_ms(departed_at), origin, city, state, delay, distance FROM read_parquet('" + data
                        + "/s3/millrace/clean/**/*.parquet')");
    }

    private List<String> expectedLake() throws SQLException {
        return sorted(
                duckDb, "SELECT epoch_ms(departed_at), origin, city, state, delay, distance FROM (" + DEPARTURES + ")");
    }

    private List<String> warehouse() throws SQLException {
        StackEndpoints endpoints = stack.endpoints();
        try (Connection connection = DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.jdbcUser(), "")) {
            return sorted(
                    connection,
                    "SELECT origin, to_char(window_start, 'YYYY-MM-DD HH24:MI:SS'), flights, average_delay FROM hourly_delay");
        }
    }

    private List<String> expectedWarehouse() throws SQLException {
        return sorted(
                duckDb,
                "SELECT origin, strftime(date_trunc('hour', departed_at), '%Y-%m-%d %H:%M:%S'), count(*), avg(delay) FROM ("
                        + DEPARTURES + ") GROUP BY 1, 2");
    }

    private static List<String> sorted(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    cells.add(String.valueOf(result.getObject(column)));
                }
                rows.add(String.join("|", cells));
            }
        }
        rows.sort(Comparator.naturalOrder());
        return rows;
    }
}
