package io.millrace.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything the registry knows, made of the log's records alone. Not thread-safe: {@link Registry} guards it. */
final class RegistryState {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryState.class);

    private final NavigableMap<String, NavigableMap<Integer, StoredSchema>> subjects = new TreeMap<>();
    private final SchemaIds ids = new SchemaIds();
    private final Map<RecordKey, ObjectNode> settings = new HashMap<>();
    private final KeySpellings spellings = new KeySpellings();
    private final ParsedSchemas parsed = new ParsedSchemas(this);

    /** Takes in the log's next record. One that makes no sense is logged and left out. */
    void apply(LogRecord record) {
        try {
            RecordKey key = RecordFormat.key(record.key());
            spellings.seen(key, record);
            apply(key, record.value() == null ? null : RecordFormat.value(record.value()));
        } catch (IOException e) {
            LOG.warn(
                    "A record of the schemas topic is left out, since it cannot be read: {}: {}",
                    record.key(),
                    e.toString());
        }
    }

    private void apply(RecordKey key, @Nullable ObjectNode value) throws IOException {
        if (key instanceof RecordKey.SchemaVersion version) {
            if (!SubjectNames.isOfContext(version.subject())) {
                put(version, value == null ? null : RecordFormat.schema(version, value));
            }
        } else if (key instanceof RecordKey.Config || key instanceof RecordKey.ModeOf) {
            if (value == null) {
                settings.remove(key);
            } else {
                settings.put(key, value);
            }
        } else if (key instanceof RecordKey.DeleteSubject delete && value != null) {
            int upTo = RecordFormat.number(value, "version");
            for (StoredSchema schema : List.copyOf(versions(delete.subject()))) {
                if (schema.version() <= upTo && !schema.deleted()) {
                    put(schema.key(), schema.asDeleted());
                }
            }
        } else if (key instanceof RecordKey.ClearSubject clear && value != null) {
            for (StoredSchema schema : all().filter(StoredSchema::deleted).toList()) {
                if (clear.subject() == null || clear.subject().equals(schema.subject())) {
                    put(schema.key(), null);
                }
            }
        }
    }

    private void put(RecordKey.SchemaVersion key, @Nullable StoredSchema schema) {
        if (schema != null && !ids.allows(schema)) {
            LOG.warn(
                    "Version {} of subject {} is left out: another schema has its id {}",
                    key.version(),
                    key.subject(),
                    schema.id());
            return;
        }
        NavigableMap<Integer, StoredSchema> versions = subjects.computeIfAbsent(key.subject(), name -> new TreeMap<>());
        StoredSchema old = schema == null ? versions.remove(key.version()) : versions.put(key.version(), schema);
        if (versions.isEmpty()) {
            subjects.remove(key.subject());
        }
        if (old != null) {
            // What referred to it may mean something else from now on.
            parsed.forget();
            ids.remove(old);
        }
        if (schema != null) {
            ids.add(schema);
        }
    }

    /** All versions of all subjects, in the order of names and versions. */
    Stream<StoredSchema> all() {
        return subjects.values().stream().flatMap(versions -> versions.values().stream());
    }

    /** All versions of {@code subject}, the soft-deleted ones included, the oldest first. */
    Collection<StoredSchema> versions(String subject) {
        return subjects.getOrDefault(subject, Collections.emptyNavigableMap()).values();
    }

    /** The versions of {@code subject} that are not soft-deleted, the oldest first. */
    List<StoredSchema> live(String subject) {
        return versions(subject).stream().filter(schema -> !schema.deleted()).toList();
    }

    Optional<StoredSchema> latest(String subject) {
        List<StoredSchema> live = live(subject);
        return live.isEmpty() ? Optional.empty() : Optional.of(live.get(live.size() - 1));
    }

    /** The version, soft-deleted or not; the latest is never a deleted one. */
    Optional<StoredSchema> version(String subject, VersionNumber version) {
        Integer number = version.number();
        if (number == null) {
            return latest(subject);
        }
        return Optional.ofNullable(
                subjects.getOrDefault(subject, Collections.emptyNavigableMap()).get(number));
    }

    boolean exists(String subject, boolean alsoDeleted) {
        return alsoDeleted ? subjects.containsKey(subject) : !live(subject).isEmpty();
    }

    /** The schemas that refer to this version and are not deleted. */
    List<StoredSchema> referrers(String subject, int version) {
        return all().filter(schema -> !schema.deleted() && schema.refersTo(subject, version))
                .toList();
    }

    Optional<ObjectNode> setting(RecordKey key) {
        return Optional.ofNullable(settings.get(key));
    }

    SchemaIds ids() {
        return ids;
    }

    ParsedSchemas parsed() {
        return parsed;
    }

    KeySpellings spellings() {
        return spellings;
    }
}
