package io.millrace.schemas.serde;

import org.apache.avro.Schema;

/** {@code <topic>-key} and {@code <topic>-value}: all keys, and all values, of a topic share one schema's versions. The default. */
public final class TopicNameStrategy implements SubjectNameStrategy {

    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
        return topic + (isKey ? "-key" : "-value");
    }
}
