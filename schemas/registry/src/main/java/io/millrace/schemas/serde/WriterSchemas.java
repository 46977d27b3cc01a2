package io.millrace.schemas.serde;

import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SubjectVersion;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** With which registered schema data of some schema is written: its own, or the newest version of the subject. */
final class WriterSchemas {

    private record Wanted(String subject, Schema schema) {}

    private static final int MAX_CACHED = 1000;

    private final SchemaRegistryClient client;
    private final boolean autoRegister;
    private final boolean useLatest;
    private final boolean isStrict;
    private final @Nullable Duration latestCache;
    private final Map<Wanted, RegisteredSchema> known = new ConcurrentHashMap<>();

    WriterSchemas(SchemaRegistryClient client, AvroSerdeConfig config) {
        this.client = client;
        this.autoRegister = config.autoRegister();
        this.useLatest = config.useLatestVersion();
        this.isStrict = config.latestStrict();
        this.latestCache = config.latestCache();
    }

    RegisteredSchema find(String subject, Schema schema) {
        Wanted wanted = new Wanted(subject, schema);
        RegisteredSchema found = known.get(wanted);
        if (found == null || !found.isFresh()) {
            found = ask(subject, schema);
            if (known.size() >= MAX_CACHED) {
                known.clear();
            }
            known.put(wanted, found);
        }
        return found;
    }

    private RegisteredSchema ask(String subject, Schema schema) {
        if (autoRegister) {
            return new RegisteredSchema(client.register(subject, schema), schema, null);
        }
        return useLatest ? latest(subject, schema) : new RegisteredSchema(client.idOf(subject, schema), schema, null);
    }

    private RegisteredSchema latest(String subject, Schema schema) {
        SubjectVersion latest = client.latest(subject)
                .orElseThrow(() -> new RegistryException(
                        40401,
                        false,
                        "Subject '" + subject + "' has no version to write with; register one, or set "
                                + "auto.register.schemas to true"));
        if (isStrict) {
            SchemaPairCompatibility checked =
                    SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema);
            if (checked.getType() != SchemaCompatibilityType.COMPATIBLE) {
                throw new SerializationException("Version " + latest.version() + " of subject '" + subject
                        + "', the newest, cannot take data of the schema that is written: "
                        + checked.getResult().getIncompatibilities() + "; register a version that can, or set "
                        + AvroSerdeConfig.LATEST_STRICT + " to false");
            }
        }
        Long expiresAt = latestCache == null ? null : System.nanoTime() + latestCache.toNanos();
        return new RegisteredSchema(latest.id(), latest.schema(), expiresAt);
    }
}
