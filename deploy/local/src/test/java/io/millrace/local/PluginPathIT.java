package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.runtime.isolation.PluginDesc;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.junit.jupiter.api.Test;

/** The plugins' directories, as a worker and Confluent Hub's client find them. */
final class PluginPathIT {

    private static final Path PLUGINS = Path.of(System.getProperty("millrace.plugin.path"));

    @Test
    void shouldBeFoundByServiceLoadingAlone() {
        Plugins plugins = new Plugins(Map.of("plugin.path", PLUGINS.toString(), "plugin.discovery", "service_load"));
        assertThat(names(plugins.sourceConnectors()))
                .contains("io.millrace.connect.jdbc.JdbcSourceConnector", "io.millrace.connect.s3.S3SourceConnector");
        assertThat(names(plugins.sinkConnectors()))
                .contains("io.millrace.connect.jdbc.JdbcSinkConnector", "io.millrace.connect.s3.S3SinkConnector");
        assertThat(names(plugins.converters())).contains("io.millrace.connect.avro.AvroConverter");
    }

    private static List<String> names(Iterable<? extends PluginDesc<?>> plugins) {
        List<String> names = new java.util.ArrayList<>();
        plugins.forEach(plugin -> names.add(plugin.className()));
        return names;
    }

    @Test
    void shouldHaveAManifest() throws IOException {
        try (Stream<Path> plugins = Files.list(PLUGINS)) {
            for (Path plugin : plugins.toList()) {
                JsonNode manifest = new ObjectMapper()
                        .readTree(plugin.resolve("manifest.json").toFile());
                assertThat(plugin.getFileName())
                        .hasToString(manifest.get("name").asText() + "-"
                                + manifest.get("version").asText());
                assertThat(manifest.get("component_types")).isNotEmpty();
                assertThat(manifest.get("title").asText()).startsWith("Millrace ");
            }
        }
    }
}
