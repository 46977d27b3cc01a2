package io.millrace.benchmarks;

import io.millrace.connect.jdbc.sink.JdbcSinkTask;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/** One round in a fresh JVM. Its measurements are lines of the standard output. */
final class JdbcSinkRound {

    private final String url;
    private final int batch;
    private final int put;
    private final SinkRows rows;

    private JdbcSinkRound(String url, int rows, int batch, int put) {
        this.url = url;
        this.batch = batch;
        this.put = put;
        this.rows = new SinkRows(rows);
    }

    /** Measures: the server's URL, how many rows, how many of them in a batch, how many handed over at once. */
    public static void main(String[] arguments) throws SQLException {
        String[] parts = arguments[0].split(" ");
        JdbcSinkRound round = new JdbcSinkRound(
                parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
        for (boolean isMeasured : new boolean[] {false, true}) {
            round.measure(isMeasured);
        }
    }

    private void measure(boolean isMeasured) throws SQLException {
        recreate("bare");
        try (Connection connection = connect()) {
            BareLoop bare = new BareLoop(connection, rows, batch);
            lap(isMeasured, "bare loop, upsert of new keys", () -> bare.upsert("bare"));
            lap(isMeasured, "bare loop, upsert of existing keys", () -> bare.upsert("bare"));
        }
        recreate("sink");
        lap(isMeasured, "sink, upsert of new keys", () -> sink("sink", "upsert", "offsets_a"));
        lap(isMeasured, "sink, upsert of existing keys", () -> sink("sink", "upsert", "offsets_b"));
        recreate("sink");
        lap(isMeasured, "sink, upsert of new keys, without stored offsets", () -> sink("sink", "upsert", ""));
        lap(isMeasured, "sink, upsert of existing keys, without stored offsets", () -> sink("sink", "upsert", ""));
        recreate("bare");
        try (Connection connection = connect()) {
            BareLoop bare = new BareLoop(connection, rows, batch);
            lap(isMeasured, "one binary COPY", () -> bare.copy("bare"));
        }
        recreate("sink");
        lap(isMeasured, "sink, insert", () -> sink("sink", "insert", "offsets_c"));
        recreate("sink");
        lap(isMeasured, "sink, insert, without stored offsets", () -> sink("sink", "insert", ""));
        execute("DROP TABLE offsets_a, offsets_b, offsets_c");
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void lap(boolean isMeasured, String name, Work work) throws SQLException {
        System.gc();
        execute("CHECKPOINT");
        Stopwatch watch = new Stopwatch();
        work.run();
        Measurement measurement = watch.lap(name);
        if (isMeasured) {
            System.out.println(measurement.line());
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "");
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void recreate(String table) throws SQLException {
        execute("DROP TABLE IF EXISTS " + table, "CREATE TABLE " + table + " (" + SinkRows.COLUMNS + ")");
    }

    private void sink(String table, String mode, String offsets) {
        JdbcSinkTask task = new JdbcSinkTask();
        task.initialize(new BenchmarkContext());
        task.start(Map.of(
                "name",
                "benchmark",
                "connection.url",
                url,
                "connection.user",
                "postgres",
                "table",
                table,
                "mode",
                mode,
                "pk.mode",
                "record_key",
                "batch.size",
                Integer.toString(batch),
                "offsets.table",
                offsets));
        task.open(List.of(SinkRows.PARTITION));
        List<SinkRecord> records = rows.records();
        for (int from = 0; from < records.size(); from += put) {
            task.put(records.subList(from, Math.min(from + put, records.size())));
        }
        BenchmarkContext.finish(task, records.size());
        task.stop();
    }
}
