package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes and a database, each killed at random, again and again. */
@Timeout(180)
final class KillIT {

    private static final int ROUNDS = 8;

    @TempDir
    private Path data;

    private EmbeddedPostgres start(int port) throws IOException {
        // A killed server leaves its lock behind.
        Files.deleteIfExists(data.resolve("d/postmaster.pid"));
        return EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("d"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Process writer(EmbeddedPostgres server) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        server.getJdbcUrl("postgres", "postgres"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void killServer() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("d/postmaster.pid")).get(0).strip());
        ProcessHandle.of(pid).ifPresent(server -> {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
            server.onExit().join();
        });
    }

    @Test
    void shouldWriteEachRowOnceWhoeverIsKilled() throws IOException, SQLException, InterruptedException {
        Random random = new Random(11);
        int port = freePort();
        EmbeddedPostgres server = start(port);
        Process writer = writer(server);
        for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(700 + random.nextInt(900));
            if (round % 2 == 0) {
                writer.destroyForcibly().waitFor();
                writer = writer(server);
            } else {
                killServer();
                server.close();
                Thread.sleep(random.nextInt(500));
                server = start(port);
            }
        }
        assertThat(writer.waitFor()).isZero();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*), count(DISTINCT id), max(id) FROM t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(KilledWriter.ROWS);
            assertThat(rows.getInt(2)).isEqualTo(KilledWriter.ROWS);
            assertThat(rows.getInt(3)).isEqualTo(KilledWriter.ROWS);
        } finally {
            server.close();
        }
    }
}
