package io.millrace.connect.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL of this test run, on a free port of the loopback address. */
public final class TestPostgres extends TestDatabase {

    private final EmbeddedPostgres server;

    public TestPostgres() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_prepared_transactions", "5")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public void empty() {
        run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    @Override
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    /** Ends all sessions but its own, as a restart of the database would. */
    public void endSessions() {
        rows(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'postgres'");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
