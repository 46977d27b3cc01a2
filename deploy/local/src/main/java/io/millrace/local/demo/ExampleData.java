package io.millrace.local.demo;

import io.millrace.cli.stack.StackEndpoints;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** Puts the example's data where its pipeline reads: flights into S3, airports into Postgres. */
public final class ExampleData {

    private static final String CREATE_AIRPORTS =
            "CREATE TABLE airports (iata text PRIMARY KEY, name text, city text, state text, country text,"
                    + " latitude double precision, longitude double precision)";

    private final Path directory;

    /** The data of the example in this directory: {@code airports.csv} and {@code flights/}. */
    public ExampleData(Path directory) {
        this.directory = directory;
    }

    /** Loads all of it into a stack that has none of it yet. */
    public void load(StackEndpoints endpoints) throws IOException, InterruptedException, SQLException {
        try (Connection connection = DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.jdbcUser(), "");
                Statement statement = connection.createStatement();
                Reader airports = Files.newBufferedReader(directory.resolve("airports.csv"))) {
            connection.setAutoCommit(false);
            statement.execute(CREATE_AIRPORTS);
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY airports FROM STDIN (FORMAT csv, HEADER)", airports);
            connection.commit();
        }
        HttpClient http = HttpClient.newHttpClient();
        for (Path file : flights()) {
            URI object = endpoints.s3().resolve("/" + endpoints.s3Bucket() + "/flights/" + file.getFileName());
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(object)
                            .PUT(HttpRequest.BodyPublishers.ofFile(file))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("PUT " + object + ": " + response.statusCode() + " " + response.body());
            }
        }
    }

    private List<Path> flights() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("flights"))) {
            return files.sorted().toList();
        }
    }
}
