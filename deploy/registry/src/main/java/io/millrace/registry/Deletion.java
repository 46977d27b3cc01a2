package io.millrace.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Deletes versions: first softly, so that their ids can still be read, then for good. */
final class Deletion {

    private Deletion() {}

    /** Deletes a version; the answer is its number. */
    static Change<Integer> version(RegistryState state, String subject, VersionNumber number, boolean permanent) {
        StoredSchema schema = state.version(subject, number)
                .orElseThrow(() -> state.exists(subject, true)
                        ? ApiException.versionNotFound(subject, number)
                        : ApiException.subjectNotFound(subject));
        if (schema.deleted() && !permanent) {
            throw ApiException.versionSoftDeleted(subject, schema.version());
        }
        Levels.requireWritable(state, subject);
        requireUnreferenced(state, schema);
        if (permanent) {
            if (!schema.deleted()) {
                throw ApiException.versionNotSoftDeleted(subject, schema.version());
            }
            return new Change<>(List.of(Change.Entry.removal(schema.key())), schema.version());
        }
        List<Change.Entry> entries = new ArrayList<>();
        entries.add(Change.Entry.of(schema.asDeleted()));
        if (state.live(subject).size() == 1) {
            addRemovalOfSettings(state, subject, entries);
        }
        return new Change<>(entries, schema.version());
    }

    /** Deletes a subject; the answer is the numbers of the versions that this deletes. */
    static Change<List<Integer>> subject(RegistryState state, String subject, boolean permanent) {
        if (!state.exists(subject, true)) {
            throw ApiException.subjectNotFound(subject);
        }
        if (!permanent && !state.exists(subject, false)) {
            throw ApiException.subjectSoftDeleted(subject);
        }
        Levels.requireWritable(state, subject);
        Collection<StoredSchema> versions = permanent ? state.versions(subject) : state.live(subject);
        List<Integer> numbers = versions.stream().map(StoredSchema::version).toList();
        versions.forEach(version -> requireUnreferenced(state, version));
        List<Change.Entry> entries = new ArrayList<>();
        if (permanent) {
            for (StoredSchema version : versions) {
                if (!version.deleted()) {
                    throw ApiException.subjectNotSoftDeleted(subject);
                }
                entries.add(Change.Entry.removal(version.key()));
            }
        } else {
            entries.add(new Change.Entry(
                    new RecordKey.DeleteSubject(subject),
                    RecordFormat.deletedUpTo(subject, numbers.get(numbers.size() - 1))));
            addRemovalOfSettings(state, subject, entries);
        }
        return new Change<>(entries, numbers);
    }

    private static void requireUnreferenced(RegistryState state, StoredSchema schema) {
        List<StoredSchema> referrers = state.referrers(schema.subject(), schema.version());
        if (!referrers.isEmpty()) {
            throw ApiException.referenced(schema.subject(), schema.version(), referrers.get(0));
        }
    }

    private static void addRemovalOfSettings(RegistryState state, String subject, List<Change.Entry> entries) {
        for (RecordKey key : List.of(new RecordKey.ModeOf(subject), new RecordKey.Config(subject))) {
            if (state.setting(key).isPresent()) {
                entries.add(Change.Entry.removal(key));
            }
        }
    }
}
