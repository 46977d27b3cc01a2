package io.millrace.schemas.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What Millrace asks of a Schema Registry, for Avro schemas. Implementations are thread-safe and cache what cannot change:
 * the schema of an id, and the id of a schema under a subject.
 *
 * <p>Every method throws {@link RegistryException} when the registry refuses the request or cannot be reached; whether a
 * retry can help is {@link RegistryException#isTransient()}.
 */
public interface SchemaRegistryClient extends AutoCloseable {

    /** Registers {@code schema} under {@code subject}, or finds it there; returns its global id. */
    int register(String subject, Schema schema);

    /** The id of {@code schema} under {@code subject}; the schema must be registered there. */
    int idOf(String subject, Schema schema);

    /** The schema with this global id, with its references resolved. */
    Schema schemaOf(int id);

    /** The newest version of {@code subject}, or empty when the subject does not exist. */
    Optional<SubjectVersion> latest(String subject);

    /** Whether {@code schema} could be registered as the next version of {@code subject}; true for a new subject. */
    boolean isCompatible(String subject, Schema schema);

    @Override
    void close();
}
