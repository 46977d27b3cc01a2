package io.millrace.connect.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A SQLite file of this test run. */
public final class TestSqlite extends TestDatabase {

    private final Path file;

    public TestSqlite() {
        try {
            file = Files.createTempFile("millrace", ".sqlite");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("PRAGMA journal_mode = WAL");
    }

    @Override
    public String url() {
        return "jdbc:sqlite:" + file;
    }

    @Override
    public String user() {
        return "";
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?busy_timeout=10000");
    }

    @Override
    public void empty() {
        for (String kind : List.of("view", "table")) {
            for (String name :
                    rows("SELECT name FROM sqlite_master WHERE type = '" + kind + "' AND name NOT LIKE 'sqlite_%'")) {
                run("DROP " + kind + " \"" + name + "\"");
            }
        }
    }

    @Override
    public void close() {
        for (String suffix : List.of("", "-wal", "-shm")) {
            try {
                Files.deleteIfExists(Path.of(file + suffix));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
