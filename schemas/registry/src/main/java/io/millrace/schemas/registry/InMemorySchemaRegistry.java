package io.millrace.schemas.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A registry that lives in this process, for tests and for running without a broker. Compatibility is BACKWARD, as a new
 * registry's is. {@code mock://scope} URLs name one that everyone in the process shares.
 */
public final class InMemorySchemaRegistry implements SchemaRegistryClient {

    private static final Map<String, InMemorySchemaRegistry> SCOPES = new ConcurrentHashMap<>();

    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<SubjectVersion>> subjects = new HashMap<>();

    /** The registry that every {@code mock://scope} URL with this scope means. */
    public static InMemorySchemaRegistry shared(String scope) {
        return SCOPES.computeIfAbsent(scope, name -> new InMemorySchemaRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        List<SubjectVersion> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        for (SubjectVersion version : versions) {
            if (version.schema().equals(schema)) {
                return version.id();
            }
        }
        if (!isCompatible(subject, schema)) {
            throw new RegistryException(
                    409, false, "The schema is not compatible with the newest version of subject '" + subject + "'");
        }
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        versions.add(new SubjectVersion(subject, versions.size() + 1, id, schema));
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        return subjects.getOrDefault(subject, List.of()).stream()
                .filter(version -> version.schema().equals(schema))
                .mapToInt(SubjectVersion::id)
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        40403, false, "The schema is not registered under subject '" + subject + "'"));
    }

    @Override
    public synchronized Schema schemaOf(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new RegistryException(40403, false, "There is no schema with id " + id);
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized Optional<SubjectVersion> latest(String subject) {
        List<SubjectVersion> versions = subjects.getOrDefault(subject, List.of());
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    @Override
    public synchronized boolean isCompatible(String subject, Schema schema) {
        return latest(subject)
                .map(latest -> SchemaCompatibility.checkReaderWriterCompatibility(schema, latest.schema())
                                .getType()
                        == SchemaCompatibilityType.COMPATIBLE)
                .orElse(true);
    }

    @Override
    public void close() {}
}
