package io.millrace.cli.stack;

import java.net.URI;

/**
 * Where the parts of a running stack listen, all on loopback.
 *
 * @param bootstrapServers the Kafka broker, {@code host:port}
 * @param connect the REST API of the Connect worker
 * @param schemaRegistry the Schema Registry
 * @param jdbcUrl the Postgres database
 * @param jdbcUser its user, who needs no password on loopback
 * @param s3 the S3 endpoint, path style
 * @param s3AccessKey its access key
 * @param s3SecretKey its secret key, not a secret on loopback
 * @param s3Bucket the bucket that exists from the start
 */
public record StackEndpoints(
        String bootstrapServers,
        URI connect,
        URI schemaRegistry,
        String jdbcUrl,
        String jdbcUser,
        URI s3,
        String s3AccessKey,
        String s3SecretKey,
        String s3Bucket) {}
