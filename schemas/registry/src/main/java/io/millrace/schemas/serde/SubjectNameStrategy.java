package io.millrace.schemas.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Under which subject a schema is registered. Implementations have a public constructor without parameters and are
 * thread-safe.
 */
@FunctionalInterface
public interface SubjectNameStrategy {

    /**
     * The subject.
     *
     * @param topic the topic that is written to
     * @param isKey whether the record's key is written, or else its value
     * @param schema what is written
     * @throws SerializationException when there is no subject for such a schema
     */
    String subject(String topic, boolean isKey, Schema schema);
}
