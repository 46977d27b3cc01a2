package io.millrace.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The parsed schemas of the registry, kept since compatibility asks for the same ones again and again. Thread-safe. */
final class ParsedSchemas {

    private static final int MAX_KEPT = 1000;

    private final RegistryState state;
    private final Map<StoredSchema.Identity, Optional<AvroSchema>> kept = new ConcurrentHashMap<>();

    ParsedSchemas(RegistryState state) {
        this.state = state;
    }

    /** Parses a schema of the registry; empty when it is not Avro, or none that this version of Avro reads. */
    Optional<AvroSchema> of(StoredSchema schema) {
        Optional<AvroSchema> known = kept.get(schema.identity());
        if (known != null) {
            return known;
        }
        Optional<AvroSchema> parsed = parse(schema);
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(schema.identity(), parsed);
        return parsed;
    }

    private Optional<AvroSchema> parse(StoredSchema schema) {
        try {
            return Optional.of(AvroParser.parse(state, SchemaText.of(schema), false));
        } catch (ApiException e) {
            // Another registry let it in; what asks for it says what that means.
            return Optional.empty();
        }
    }

    void forget() {
        kept.clear();
    }
}
