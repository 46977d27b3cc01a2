package io.millrace.registry;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The global ids: which schema has one, and where it is registered. */
final class SchemaIds {

    private final Map<Integer, NavigableMap<RecordKey.SchemaVersion, StoredSchema>> byId = new HashMap<>();
    private final Map<StoredSchema.Identity, Integer> byIdentity = new HashMap<>();
    private int highest;

    /** Whether no other schema has the id of {@code schema}. */
    boolean allows(StoredSchema schema) {
        return anyOf(schema.id())
                .map(other -> other.identity().equals(schema.identity()))
                .orElse(true);
    }

    void add(StoredSchema schema) {
        byId.computeIfAbsent(
                        schema.id(),
                        id -> new TreeMap<>(Comparator.comparing(RecordKey.SchemaVersion::subject)
                                .thenComparing(RecordKey.SchemaVersion::version)))
                .put(schema.key(), schema);
        byIdentity.put(schema.identity(), schema.id());
        highest = Math.max(highest, schema.id());
    }

    void remove(StoredSchema schema) {
        NavigableMap<RecordKey.SchemaVersion, StoredSchema> versions = byId.get(schema.id());
        if (versions != null && versions.remove(schema.key()) != null && versions.isEmpty()) {
            byId.remove(schema.id());
            byIdentity.remove(schema.identity(), schema.id());
        }
    }

    /** One of the versions with this id, deleted or not: they all have the same schema. */
    Optional<StoredSchema> anyOf(int id) {
        NavigableMap<RecordKey.SchemaVersion, StoredSchema> versions = byId.get(id);
        return versions == null
                ? Optional.empty()
                : Optional.of(versions.firstEntry().getValue());
    }

    /** All versions with this id, deleted or not, in the order of subjects. */
    List<StoredSchema> of(int id) {
        return List.copyOf(
                byId.getOrDefault(id, Collections.emptyNavigableMap()).values());
    }

    /** The id of this schema under whichever subjects it is. */
    OptionalInt idOf(StoredSchema.Identity identity) {
        Integer id = byIdentity.get(identity);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** The highest id there ever was, as far as the log remembers; 0 when there was none. */
    int highest() {
        return highest;
    }
}
