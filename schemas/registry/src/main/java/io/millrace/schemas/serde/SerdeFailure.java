package io.millrace.schemas.serde;

import io.millrace.schemas.registry.RegistryException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;

/** What Kafka's clients are told when a record cannot be written or read. */
final class SerdeFailure {

    private SerdeFailure() {}

    /** Says where it happened. */
    static SerializationException at(String topic, boolean isKey, SerializationException cause) {
        return new SerializationException(where(topic, isKey) + cause.getMessage(), cause);
    }

    /**
     * A registry that does not answer may do so later: that is Kafka's retriable {@link TimeoutException}. One that does not let
     * the client in is an {@link AuthenticationException}. Neither is a fault of the record.
     */
    static KafkaException at(String topic, boolean isKey, RegistryException cause) {
        String message = where(topic, isKey) + cause.getMessage();
        if (cause.isTransient()) {
            return new TimeoutException(message, cause);
        }
        return cause.isAccessDenied()
                ? new AuthenticationException(message, cause)
                : new SerializationException(message, cause);
    }

    private static String where(String topic, boolean isKey) {
        return (isKey ? "Key" : "Value") + " of topic '" + topic + "': ";
    }
}
