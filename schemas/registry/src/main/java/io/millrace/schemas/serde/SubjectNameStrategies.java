package io.millrace.schemas.serde;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** Finds the strategy that a configuration names. */
final class SubjectNameStrategies {

    /** Names that Confluent's clients know the same strategies by, so that their configurations can be carried over. */
    private static final Map<String, SubjectNameStrategy> CONFLUENT = Map.of(
            "io.confluent.kafka.serializers.subject.TopicNameStrategy", new TopicNameStrategy(),
            "io.confluent.kafka.serializers.subject.RecordNameStrategy", new RecordNameStrategy(),
            "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy", new TopicRecordNameStrategy());

    private SubjectNameStrategies() {}

    static SubjectNameStrategy named(String key, String name) {
        SubjectNameStrategy known = CONFLUENT.get(name);
        if (known != null) {
            return known;
        }
        try {
            return Utils.newInstance(name, SubjectNameStrategy.class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(key, name, "there is no such class");
        } catch (RuntimeException e) {
            throw new ConfigException(
                    key,
                    name,
                    "not a " + SubjectNameStrategy.class.getName() + " with a public constructor without parameters");
        }
    }
}
