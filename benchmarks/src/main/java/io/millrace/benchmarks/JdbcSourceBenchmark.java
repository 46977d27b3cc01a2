package io.millrace.benchmarks;

import io.millrace.connect.avro.AvroConverter;
import io.millrace.connect.jdbc.source.JdbcSourceTask;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Measures how fast a table leaves PostgreSQL: by binary COPY whose bytes are discarded, by a cursor whose cells are read as their types, by
 * the source's task, and by the task with each record through the Avro converter. {@code java -cp … io.millrace.benchmarks.JdbcSourceBenchmark
 * [FILE [ROUNDS [ROWS]]]} prints a table and writes JSON to the file. The database's own CPU time is not counted.
 */
public final class JdbcSourceBenchmark {

    private static final int ROUNDS = 5;
    private static final int ROWS = 1_000_000;
    private static final String TABLE =
            "CREATE TABLE orders (id bigserial PRIMARY KEY, customer int NOT NULL, quantity int NOT NULL, priority int,"
                    + " weight double precision NOT NULL, discount double precision, status text NOT NULL, city text NOT NULL, note text,"
                    + " amount numeric(12, 2) NOT NULL, day date NOT NULL, placed_at timestamp NOT NULL, changed_at timestamp)";
    private static final String FILL =
            "INSERT INTO orders SELECT g, g % 50000, g % 17, nullif(g % 5, 0), g * 0.25, nullif(g % 3, 0) * 0.01,"
                    + " (ARRAY['placed', 'paid', 'shipped', 'returned'])[1 + g % 4], 'city number ' || g % 1000,"
                    + " CASE WHEN g % 4 = 0 THEN 'a note for order ' || g END, g * 0.01, date '2024-01-01' + (g % 365)::int,"
                    + " timestamp '2024-01-01' + g * interval '1 second', timestamp '2024-01-01' + g * interval '2 second'"
                    + " FROM generate_series(1, %d) g";

    private JdbcSourceBenchmark() {}

    /** Runs the rounds, each way in turn, so that what else the machine does meets all. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ROWS;
        Summary summary = new Summary();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
                statement.execute(FILL.formatted(rows));
                statement.execute("VACUUM ANALYZE orders");
            }
            Map<String, String> config = new HashMap<>();
            config.put("name", "benchmark");
            config.put("connection.url", postgres.getJdbcUrl("postgres", "postgres"));
            config.put("table", "orders");
            config.put("topic", "orders");
            config.put("key.columns", "id");
            config.put("run.mode", "once");
            for (int round = 0; round < rounds + 1; round++) {
                Summary into = round == 0 ? new Summary() : summary;
                Stopwatch watch = new Stopwatch();
                copy(connection, rows);
                into.add(watch.lap("binary COPY, discarded"));
                cursor(connection, rows);
                into.add(watch.lap("typed cursor"));
                config.put("run.id", "a" + round);
                task(config, rows, false);
                into.add(watch.lap("source task"));
                config.put("run.id", "b" + round);
                task(config, rows, true);
                into.add(watch.lap("source task and converter"));
            }
        }
        System.out.print(summary.table());
        System.out.printf(
                Locale.ROOT,
                "Of %d rows; the task has %.2f of the speed of binary COPY, with the converter %.2f.%n",
                rows,
                summary.ratio("binary COPY, discarded", "source task"),
                summary.ratio("binary COPY, discarded", "source task and converter"));
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), summary.json());
        }
    }

    private static void copy(Connection connection, int rows) throws SQLException {
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT * FROM orders) TO STDOUT (FORMAT binary)");
        int count = 0;
        while (copy.readFromCopy() != null) {
            count++;
        }
        require(count >= rows);
    }

    private static void cursor(Connection connection, int rows) throws SQLException {
        connection.setAutoCommit(false);
        int count = 0;
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM orders")) {
            statement.setFetchSize(5000);
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    results.getLong(1);
                    results.getInt(2);
                    results.getInt(3);
                    results.getInt(4);
                    results.getDouble(5);
                    results.getDouble(6);
                    results.getString(7);
                    results.getString(8);
                    results.getString(9);
                    results.getBigDecimal(10);
                    results.getDate(11);
                    results.getTimestamp(12);
                    results.getTimestamp(13);
                    count++;
                }
            }
        }
        connection.rollback();
        connection.setAutoCommit(true);
        require(count == rows);
    }

    private static void task(Map<String, String> config, int rows, boolean isConverted) throws InterruptedException {
        AvroConverter keys = converter(true);
        AvroConverter values = converter(false);
        JdbcSourceTask task = new JdbcSourceTask();
        task.initialize(new NoOffsets(config));
        task.start(config);
        int count = 0;
        while (count < rows) {
            List<SourceRecord> records = task.poll();
            for (SourceRecord record : records == null ? List.<SourceRecord>of() : records) {
                if (isConverted) {
                    keys.fromConnectData(record.topic(), record.keySchema(), record.key());
                    values.fromConnectData(record.topic(), record.valueSchema(), record.value());
                }
                task.commitRecord(record, null);
                count++;
            }
        }
        task.stop();
        keys.close();
        values.close();
    }

    private static AvroConverter converter(boolean isKey) {
        AvroConverter converter = new AvroConverter();
        converter.configure(Map.of("schema.registry.url", "mock://benchmark"), isKey);
        return converter;
    }

    private static void require(boolean isSo) {
        if (!isSo) {
            throw new IllegalStateException("rows are missing");
        }
    }
}
