package io.millrace.cli.stack;

import io.millrace.document.Connection;
import io.millrace.document.Location;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where the parts of a running stack listen, all on loopback.
 *
 * @param bootstrapServers the Kafka broker, {@code host:port}
 * @param connect the REST API of the Connect worker
 * @param schemaRegistry the Schema Registry
 * @param jdbcUrl the Postgres database
 * @param jdbcUser its user, who needs no password on loopback
 * @param s3 the S3 endpoint, path style, without credentials
 * @param s3Bucket the bucket that exists from the start
 */
public record StackEndpoints(
        String bootstrapServers,
        URI connect,
        URI schemaRegistry,
        String jdbcUrl,
        String jdbcUser,
        URI s3,
        String s3Bucket) {

    private static final Location BUILT_IN = new Location("the embedded stack", 1, 1);

    /** What a stack has on its fixed ports. */
    public static final StackEndpoints FIXED = new StackEndpoints(
            "127.0.0.1:19092",
            URI.create("http://127.0.0.1:18083"),
            URI.create("http://127.0.0.1:18081"),
            "jdbc:postgresql://127.0.0.1:15432/postgres",
            "postgres",
            URI.create("http://127.0.0.1:19000"),
            "millrace");

    /** The connections that a pipeline can name without a document of their own. */
    public List<Connection> connections() {
        return List.of(
                new Connection("local-postgres", BUILT_IN, "jdbc", Map.of("url", jdbcUrl, "user", jdbcUser)),
                new Connection(
                        "local-s3",
                        BUILT_IN,
                        "s3",
                        Map.of("endpoint", s3.toString(), "bucket", s3Bucket, "path_style", "true")));
    }
}
