package io.millrace.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.TextTable;
import io.millrace.cli.stack.StackEndpoints;
import java.io.PrintWriter;

/** Shows where a stack listens. */
final class StackEndpointsPrinter {

    private StackEndpointsPrinter() {}

    static void print(StackEndpoints endpoints, PrintWriter out) {
        new TextTable("part", "where")
                .row("Kafka", endpoints.bootstrapServers())
                .row("Kafka Connect", endpoints.connect().toString())
                .row("Schema Registry", endpoints.schemaRegistry().toString())
                .row(
                        "Postgres",
                        endpoints.jdbcUrl() + "?user=" + endpoints.jdbcUser() + "   (connection local-postgres)")
                .row("S3", endpoints.s3() + ", bucket " + endpoints.s3Bucket() + "   (connection local-s3)")
                .print(out, "  ");
    }

    static ObjectNode json(StackEndpoints endpoints, long pid) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("pid", pid);
        node.put("bootstrap_servers", endpoints.bootstrapServers());
        node.put("connect", endpoints.connect().toString());
        node.put("schema_registry", endpoints.schemaRegistry().toString());
        node.put("jdbc_url", endpoints.jdbcUrl());
        node.put("jdbc_user", endpoints.jdbcUser());
        node.put("s3", endpoints.s3().toString());
        node.put("s3_bucket", endpoints.s3Bucket());
        return node;
    }
}
