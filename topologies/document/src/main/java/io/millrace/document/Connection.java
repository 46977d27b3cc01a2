package io.millrace.document;

import java.util.Map;

/**
 * A named place outside, with its credentials by reference.
 *
 * @param name its identity
 * @param location where the document begins
 * @param type {@code jdbc}, {@code s3} or {@code http}
 * @param config everything under {@code spec} but the type, as written; secrets are still {@code ${provider:…}}
 */
public record Connection(String name, Location location, String type, Map<String, String> config) {
    public Connection {
        config = Map.copyOf(config);
    }
}
