package io.millrace.schemas.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** The record's full name, whatever the topic: one schema per record for all topics. */
public final class RecordNameStrategy implements SubjectNameStrategy {

    @Override
    public String subject(String topic, boolean isKey, Schema schema) {
        return nameOf(topic, isKey, schema);
    }

    static String nameOf(String topic, boolean isKey, Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new SerializationException("The " + (isKey ? "key" : "value") + " of topic '" + topic
                    + "' has no record name to make a subject of, it is of type "
                    + schema.getType().getName() + "; write a record, or set "
                    + (isKey ? AvroSerdeConfig.KEY_SUBJECT_STRATEGY : AvroSerdeConfig.VALUE_SUBJECT_STRATEGY) + " to "
                    + TopicNameStrategy.class.getName());
        }
        return schema.getFullName();
    }
}
