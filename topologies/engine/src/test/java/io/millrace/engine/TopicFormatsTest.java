package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.row.RowJson;
import io.millrace.engine.row.RowReader;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.WireFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicFormatsTest {

    private static final String PIPELINE = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: p}
            spec:
              sources:
                orders: {connector: topic, config: {format: %s}, columns: "id INT NOT NULL, item STRING, price DECIMAL(9, 2)"}
                items: {connector: topic, config: {format: %s}, columns: "item STRING NOT NULL, name STRING", as: table, key: item}
              steps:
                named: SELECT o.id, i.name, o.price FROM orders AS o JOIN items AS i ON o.item = i.item
              sinks:
                out: {from: named, connector: topic}
            """;

    @TempDir
    private Path state;

    private final List<String> rows = new ArrayList<>();
    private long quarantined;

    private static PipelinePlan plan(String format) throws InvalidDocumentException {
        return PipelinePlanner.plan(
                Documents.read("p.yaml", PIPELINE.formatted(format, format))
                        .pipelines()
                        .get(0),
                List.of(),
                PlanOptions.DEFAULT);
    }

    private void run(String format, List<String> items, List<String> orders) throws Exception {
        PipelinePlan plan = plan(format);
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, plan.applicationId());
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        try (TopologyTestDriver driver = new TopologyTestDriver(PlanTopology.build(plan, registry), config)) {
            TestInputTopic<String, String> table =
                    driver.createInputTopic("p.items", new StringSerializer(), new StringSerializer());
            items.forEach(item -> table.pipeInput(null, item));
            TestInputTopic<String, String> stream =
                    driver.createInputTopic("p.orders", new StringSerializer(), new StringSerializer());
            orders.forEach(stream::pipeInput);
            RelDataType type = plan.relation("named").rowType();
            for (byte[] value : driver.createOutputTopic(
                            "p.named", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readValuesToList()) {
                rows.add(RowJson.write(
                        type,
                        new RowReader(registry.schemaOf(WireFormat.schemaId(value)), type, column -> true)
                                .read(value, WireFormat.HEADER_BYTES)));
            }
            quarantined = driver.createOutputTopic(
                            "p.quarantine", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .getQueueSize();
        }
    }

    @Test
    void shouldReadRecordsInJson() throws Exception {
        run(
                "json",
                List.of("{\"item\": \"a\", \"name\": \"Apple\"}"),
                List.of(
                        "{\"id\": 1, \"item\": \"a\", \"price\": 2.50, \"more\": []}",
                        "{\"id\": 2",
                        "{\"item\": \"a\"}"));

        assertThat(rows).containsExactly("{\"id\": 1, \"name\": \"Apple\", \"price\": \"2.50\"}");
        assertThat(quarantined).isEqualTo(2);
    }

    @Test
    void shouldReadRecordsInCsv() throws Exception {
        run("csv", List.of("a,\"Apple, red\""), List.of("1,a,2.50", "x,a,1", "1,a,2.505"));

        assertThat(rows).containsExactly("{\"id\": 1, \"name\": \"Apple, red\", \"price\": \"2.50\"}");
        assertThat(quarantined).isEqualTo(2);
    }

    @Test
    void shouldRefuseAFormatThatThereIsNot() {
        assertThatThrownBy(() -> plan("jsn"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("Records are not read as 'jsn'");
    }
}
