package io.millrace.schemas.serde;

import org.apache.avro.Schema;

/** {@code <topic>-<record name>}: a topic may carry several records, each with versions of its own. */
public final class TopicRecordNameStrategy implements SubjectNameStrategy {

    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
        return topic + "-" + RecordNameStrategy.nameOf(topic, isKey, schema);
    }
}
