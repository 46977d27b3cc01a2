package io.millrace.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.database.ConnectionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

final class ConnectorConfigTest {

    /** The errors by key, of a configuration with these keys changed. */
    private static Map<String, String> errors(Connector connector, String... changes) {
        Map<String, String> config = new HashMap<>();
        config.put("name", "c");
        config.put("connection.url", "jdbc:postgresql://127.0.0.1/x");
        config.put("connection.password", "hunter2");
        if (connector instanceof SourceConnector) {
            config.put("table", "a");
            config.put("topic", "t");
        }
        for (int i = 0; i < changes.length; i += 2) {
            config.put(changes[i], changes[i + 1]);
        }
        return connector.validate(config).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, value -> String.join("; ", value.errorMessages())));
    }

    @Test
    void shouldAcceptWhatAPipelineWrites() {
        assertThat(errors(new JdbcSourceConnector())).isEmpty();
        assertThat(errors(
                        new JdbcSourceConnector(),
                        "columns",
                        "id INT NOT NULL, name STRING",
                        "key.columns",
                        "id",
                        "run.mode",
                        "once",
                        "run.id",
                        "r",
                        "end.topic",
                        "ends",
                        "dead.letter.topic",
                        "q"))
                .isEmpty();
        assertThat(errors(new JdbcSourceConnector(), "mode", "incrementing", "incrementing.column", "id"))
                .isEmpty();
        assertThat(errors(new JdbcSinkConnector())).isEmpty();
        assertThat(errors(new JdbcSinkConnector(), "mode", "upsert")).isEmpty();
        assertThat(errors(new JdbcSinkConnector(), "mode", "upsert", "pk.mode", "record_value", "pk.fields", "a,b"))
                .isEmpty();
    }

    @Test
    void shouldPutEachErrorOnItsKey() {
        JdbcSourceConnector source = new JdbcSourceConnector();
        JdbcSinkConnector sink = new JdbcSinkConnector();
        assertThat(errors(source, "mode", "incrementing"))
                .containsOnlyKeys("incrementing.column")
                .hasEntrySatisfying(
                        "incrementing.column",
                        error -> assertThat(error)
                                .contains("mode=incrementing needs the name of the column that grows"));
        assertThat(errors(source, "incrementing.column", "id")).containsOnlyKeys("incrementing.column");
        assertThat(errors(source, "mode", "all")).containsOnlyKeys("mode");
        assertThat(errors(source, "where", "id = 1 AND")).containsOnlyKeys("where");
        assertThat(errors(source, "table", "")).containsOnlyKeys("table");
        assertThat(errors(source, "table", "a.b.c")).containsOnlyKeys("table");
        assertThat(errors(source, "columns", "id INT", "key.columns", "ID2")).containsOnlyKeys("key.columns");
        assertThat(errors(source, "batch.size", "0", "poll.interval.ms", "-1"))
                .containsOnlyKeys("batch.size", "poll.interval.ms");
        assertThat(errors(sink, "mode", "upsert", "pk.mode", "none")).containsOnlyKeys("pk.mode");
        assertThat(errors(sink, "mode", "upsert", "pk.mode", "record_value")).containsOnlyKeys("pk.fields");
        assertThat(errors(sink, "pk.fields", "id")).containsOnlyKeys("pk.fields");
        assertThat(errors(sink, "mode", "update", "pk.mode", "none")).containsOnlyKeys("pk.mode");
        assertThat(errors(sink, "mode", "upsert", "pk.mode", "record_header")).containsOnlyKeys("pk.fields");
        assertThat(errors(sink, "mode", "upsert", "pk.mode", "kafka", "pk.fields", "a,b"))
                .containsOnlyKeys("pk.fields");
        assertThat(errors(sink, "table", "${topics}")).containsOnlyKeys("table");
        assertThat(errors(sink, "column", "${topic}")).containsOnlyKeys("column");
        assertThat(errors(sink, "table.by.topic", "a")).containsOnlyKeys("table.by.topic");
        assertThat(errors(sink, "fields.rename", "a:b,a:c")).containsOnlyKeys("fields.rename");
        assertThat(errors(sink, "fields.include", "a", "fields.exclude", "a")).containsOnlyKeys("fields.exclude");
        assertThat(errors(sink, "nested", "child")).containsOnlyKeys("nested");
        assertThat(errors(sink, "nested", "child", "mode", "update")).containsOnlyKeys("nested");
        assertThat(errors(sink, "evolve.types", "maybe")).containsOnlyKeys("evolve.types");
        assertThat(errors(sink, "offsets.table", "a.")).containsOnlyKeys("offsets.table");
        assertThat(errors(sink, "connection.url", "jdbc:oracle:thin:scott/tiger@x?password=hunter2"))
                .containsOnlyKeys("connection.url")
                .hasEntrySatisfying(
                        "connection.url",
                        error -> assertThat(error)
                                .contains("it begins with jdbc:postgresql:")
                                .doesNotContain("hunter2"));
    }

    @Test
    void shouldBeFoundOnAPluginPath() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(JdbcSourceConnector.class);
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(JdbcSinkConnector.class);
        assertThat(new JdbcSourceConnector().exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    }

    @Test
    void shouldGiveASinkAsManyTasksAsThereMayBe() {
        Map<String, String> config = Map.of("name", "c");
        JdbcSinkConnector sink = new JdbcSinkConnector();
        sink.start(config);
        assertThat(sink.taskConfigs(3)).isEqualTo(List.of(config, config, config));
    }

    @Test
    void shouldShowNoCredentials() {
        assertThat(ConnectionSettings.withoutCredentials("jdbc:postgresql://u:p@h:1/d?user=u&password=p"))
                .isEqualTo("jdbc:postgresql://h:1/d");
        assertThat(ConnectionSettings.withoutCredentials("jdbc:postgresql:d")).isEqualTo("jdbc:postgresql:d");
    }
}
