package io.millrace.local.demo;

import io.millrace.cli.stack.StackEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the example's sinks hold after a run, read by others than those who wrote it: Postgres by its driver, Parquet by DuckDB.
 *
 * @param hourlyDelays how many rows the warehouse table has
 * @param worstHours the hours and airports with the longest average delay among those with a few flights
 * @param departures how many rows the Parquet files have
 * @param parquetFiles how many files
 * @param parquetBytes their size in bytes
 * @param firstDepartures some of their rows
 */
record Arrivals(
        long hourlyDelays,
        List<List<String>> worstHours,
        long departures,
        int parquetFiles,
        long parquetBytes,
        List<List<String>> firstDepartures) {

    /**
     * Reads the sinks.
     *
     * @param s3Directory where the stack's S3 server keeps the bucket's objects
     */
    static Arrivals read(StackEndpoints endpoints, Path s3Directory) throws SQLException, IOException {
        List<Path> files = parquet(s3Directory.resolve("clean"));
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        try (Connection warehouse = DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.jdbcUser(), "");
                Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
            String departures = "read_parquet(["
                    + String.join(
                            ", ",
                            files.stream()
                                    .map(file -> "'" + file.toString().replace("'", "''") + "'")
                                    .toList())
                    + "])";
            return new Arrivals(
                    count(warehouse, "hourly_delay"),
                    rows(
                            warehouse,
                            "SELECT origin, to_char(window_start, 'YYYY-MM-DD HH24:MI'), flights, round(average_delay::numeric, 1)"
                                    + " FROM hourly_delay WHERE flights > 2 ORDER BY average_delay DESC, origin LIMIT 5"),
                    files.isEmpty() ? 0 : count(duckDb, departures),
                    files.size(),
                    bytes,
                    files.isEmpty()
                            ? List.of()
                            : rows(
                                    duckDb,
                                    "SELECT strftime(make_timestamp(epoch_us(departed_at)), '%Y-%m-%d %H:%M'), origin, city, state, delay, distance FROM "
                                            + departures + " ORDER BY departed_at, origin, distance LIMIT 5"));
        }
    }

    private static List<Path> parquet(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static long count(Connection connection, String relation) throws SQLException {
        return Long.parseLong(
                rows(connection, "SELECT count(*) FROM " + relation).get(0).get(0));
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
