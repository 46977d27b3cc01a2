package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.sink.SinkRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is shut down in the middle, stays away, and comes back. */
@Timeout(120)
final class DatabaseRestartIT {

    @TempDir
    private Path data;

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setDataDirectory(data.resolve("d")).setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static Map<String, String> config(EmbeddedPostgres server, String... more) {
        Map<String, String> config = new HashMap<>();
        config.put("name", "c");
        config.put("connection.url", server.getJdbcUrl("postgres", "postgres"));
        config.put("connection.user", "postgres");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    @Test
    void shouldLoseAndRepeatNothing() throws IOException, SQLException {
        EmbeddedPostgres server = start(0);
        int port = server.getPort();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a (id bigint PRIMARY KEY)");
            statement.execute("INSERT INTO a SELECT generate_series(1, 40)");
        }
        SourceRun source = new SourceRun(config(
                server, "table", "a", "topic", "t", "run.mode", "once", "end.topic", "ends", "batch.size", "10"));
        SinkRun sink = new SinkRun(config(server, "table", "b")).start();
        JdbcSourceTask task = source.start();
        source.poll(task, 20);
        send(source.records, sink);
        sink.deliver(10);

        server.close();
        // A page may have been read ahead.
        assertThatThrownBy(() -> {
                    source.poll(task, 10);
                    source.poll(task, 10);
                })
                .isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> sink.deliver(10)).isInstanceOf(RetriableException.class);
        server = start(port);
        try {
            source.readUntil(task, 40);
            source.readUntil(task, 41);
            task.stop();
            assertThat(source.values("id"))
                    .isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
            assertThat(source.of("ends")).hasSize(1);
            send(source.records.subList(20, 40), sink);
            sink.deliverAll().stop();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*), count(DISTINCT id) FROM b")) {
                rows.next();
                assertThat(List.of(rows.getInt(1), rows.getInt(2))).containsExactly(40, 40);
            }
        } finally {
            server.close();
        }
    }

    private static void send(List<SourceRecord> rows, SinkRun sink) {
        rows.forEach(row -> sink.send(row.keySchema(), row.key(), row.valueSchema(), row.value()));
    }
}
