package io.millrace.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Registers schemas under subjects, and finds the ones that are. */
final class Registration {

    /**
     * What a client asks to register.
     *
     * @param id the global id it must have, which needs mode IMPORT
     * @param version the version it must become
     */
    record Request(
            SchemaText schema,
            @Nullable Integer id,
            @Nullable Integer version,
            boolean normalize) {}

    private Registration() {}

    /** The version of {@code subject} that has this schema, the newest when there are several. */
    static Optional<StoredSchema> find(
            RegistryState state, String subject, SchemaText given, boolean normalize, boolean alsoDeleted) {
        return find(state, subject, parse(state, subject, given, false, normalize), alsoDeleted);
    }

    private static Optional<StoredSchema> find(
            RegistryState state, String subject, AvroSchema schema, boolean alsoDeleted) {
        List<StoredSchema> newestFirst = newestFirst(state.versions(subject), alsoDeleted);
        return newestFirst.stream()
                .filter(known -> known.identity().equals(schema.identity()))
                .findFirst()
                .or(() -> newestFirst.stream()
                        .filter(known -> !known.references().equals(schema.references()))
                        .filter(known ->
                                state.parsed().of(known).filter(schema::sameAs).isPresent())
                        .findFirst());
    }

    private static List<StoredSchema> newestFirst(Collection<StoredSchema> versions, boolean alsoDeleted) {
        List<StoredSchema> result = new ArrayList<>();
        for (StoredSchema version : versions) {
            if (alsoDeleted || !version.deleted()) {
                result.add(0, version);
            }
        }
        return result;
    }

    static AvroSchema parse(RegistryState state, String subject, SchemaText given, boolean isNew, boolean normalize) {
        AvroSchema parsed = AvroParser.parse(state, given, isNew);
        return normalize || Levels.normalizes(state, subject) ? Normalization.normalize(parsed) : parsed;
    }

    /**
     * Registers a schema, unless it is registered under the subject; the answer is its global id.
     *
     * @throws ApiException when the mode forbids it, the schema is not valid or not compatible, or its version or id is taken
     */
    static Change<Integer> register(RegistryState state, String subject, Request request) {
        SubjectNames.requireValid(subject);
        requireMode(state, subject, request);
        boolean imports = request.id() != null;
        AvroSchema schema = parse(state, subject, request.schema(), !imports, request.normalize());

        if (request.version() == null) {
            Optional<StoredSchema> known = find(state, subject, schema, false)
                    .filter(found -> request.id() == null || request.id() == found.id());
            if (known.isPresent()) {
                return Change.none(known.get().id());
            }
        }
        if (!imports) {
            requireCompatible(state, subject, schema);
        }
        int next = state.versions(subject).stream()
                        .mapToInt(StoredSchema::version)
                        .max()
                        .orElse(0)
                + 1;
        int version = request.version() == null ? next : request.version();
        if (version != next && !imports) {
            throw ApiException.invalidSchema("The next version of subject '" + subject + "' is " + next + ", not "
                    + version + "; only mode IMPORT leaves versions out");
        }
        StoredSchema stored = new StoredSchema(
                subject,
                version,
                id(state, schema, request.id()),
                StoredSchema.AVRO,
                schema.references(),
                schema.text(),
                false,
                JsonNodeFactory.instance.objectNode());
        if (!state.ids().allows(stored)) {
            throw ApiException.notPermitted("Another schema has the id " + stored.id());
        }
        return new Change<>(entries(state, stored), stored.id());
    }

    private static void requireMode(RegistryState state, String subject, Request request) {
        Levels.requireWritable(state, subject);
        Mode mode = Levels.modeInForce(state, subject);
        if (request.id() != null && mode != Mode.IMPORT) {
            throw ApiException.notPermitted("Subject '" + subject + "' is in mode " + mode
                    + "; a schema that brings its id can be registered in mode IMPORT only");
        }
        if (request.id() == null && mode == Mode.IMPORT) {
            throw ApiException.notPermitted(
                    "Subject '" + subject + "' is in mode IMPORT, in which a schema must bring its id");
        }
    }

    private static void requireCompatible(RegistryState state, String subject, AvroSchema schema) {
        CompatibilityLevel level = Levels.level(state, subject);
        List<String> problems = Compatibility.problems(state.parsed(), level, schema, state.live(subject));
        if (!problems.isEmpty()) {
            throw ApiException.incompatible("The schema does not go with the compatibility " + level + " of subject '"
                    + subject + "': " + String.join("; ", problems));
        }
    }

    private static int id(RegistryState state, AvroSchema schema, @Nullable Integer asked) {
        if (asked != null) {
            return asked;
        }
        OptionalInt known = state.ids().idOf(schema.identity());
        return known.orElse(state.ids().highest() + 1);
    }

    /** The record, after removals of deleted versions with the same schema, which it takes the place of. */
    private static List<Change.Entry> entries(RegistryState state, StoredSchema stored) {
        List<Change.Entry> entries = new ArrayList<>();
        for (StoredSchema old : state.versions(stored.subject())) {
            if (old.deleted() && old.id() == stored.id() && old.version() < stored.version()) {
                entries.add(Change.Entry.removal(old.key()));
            }
        }
        entries.add(Change.Entry.of(stored));
        return entries;
    }
}
