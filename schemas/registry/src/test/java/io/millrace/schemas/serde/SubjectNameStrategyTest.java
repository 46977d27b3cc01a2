package io.millrace.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

final class SubjectNameStrategyTest {

    private static final Schema ROW = SchemaBuilder.record("a.Row").fields().endRecord();
    private static final String CONFLUENT = "io.confluent.kafka.serializers.subject.";

    @Test
    void shouldNameSubjectsByTopicWhenNothingIsSaid() {
        assertThat(subject(Map.of(), true)).isEqualTo("t-key");
        assertThat(subject(Map.of(), false)).isEqualTo("t-value");
    }

    @Test
    void shouldUnderstandOurNamesAndConfluents() {
        for (String prefix : new String[] {"io.millrace.schemas.serde.", CONFLUENT}) {
            assertThat(byStrategy(prefix + "TopicNameStrategy")).isEqualTo("t-value");
            assertThat(byStrategy(prefix + "RecordNameStrategy")).isEqualTo("a.Row");
            assertThat(byStrategy(prefix + "TopicRecordNameStrategy")).isEqualTo("t-a.Row");
        }
        assertThat(subject(Map.of("value.subject.name.strategy", RecordNameStrategy.class), false))
                .isEqualTo("a.Row");
    }

    @Test
    void shouldPreferTheKeyForKeysAndTheKeyForValues() {
        Map<String, Object> config = Map.of(
                "subject.name.strategy", CONFLUENT + "RecordNameStrategy",
                "key.subject.name.strategy", CONFLUENT + "TopicNameStrategy");
        assertThat(subject(config, true)).isEqualTo("t-key");
        assertThat(subject(config, false)).isEqualTo("a.Row");
    }

    @Test
    void shouldRefuseRecordNamesForWhatHasNone() {
        assertThatThrownBy(() -> new RecordNameStrategy().subject("t", true, Schema.create(Schema.Type.STRING)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("key of topic 't'")
                .hasMessageContaining("key.subject.name.strategy");
    }

    @Test
    void shouldSayWhichKeyNamesNoStrategy() {
        assertThatThrownBy(() -> byStrategy("a.b.C"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.subject.name.strategy")
                .hasMessageContaining("a.b.C");
        assertThatThrownBy(() -> byStrategy("java.lang.String"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("java.lang.String");
    }

    private static String byStrategy(String name) {
        return subject(Map.of("value.subject.name.strategy", name), false);
    }

    private static String subject(Map<String, ?> config, boolean isKey) {
        Map<String, Object> all = new HashMap<>(config);
        all.put("schema.registry.url", "mock://unused");
        return new AvroSerdeConfig(all).subjects(isKey).subject("t", isKey, ROW);
    }
}
