package io.millrace.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compatibility levels and modes, of single subjects and of all (a null subject). */
final class Levels {

    static final String LEVEL = "compatibilityLevel";
    private static final String NORMALIZE = "normalize";
    private static final String MODE = "mode";

    private Levels() {}

    /** The level that is set for exactly {@code subject}. */
    static Optional<CompatibilityLevel> ownLevel(RegistryState state, @Nullable String subject) {
        return state.setting(new RecordKey.Config(subject))
                .flatMap(value -> CompatibilityLevel.named(value.path(LEVEL).asText()));
    }

    /** The level in force: the subject's, else that of all, else BACKWARD. */
    static CompatibilityLevel level(RegistryState state, @Nullable String subject) {
        return ownLevel(state, subject).or(() -> ownLevel(state, null)).orElse(CompatibilityLevel.BACKWARD);
    }

    /** Whether schemas are normalised without a request for it: as set for the subject, else for all. */
    static boolean normalizes(RegistryState state, String subject) {
        return state.setting(new RecordKey.Config(subject))
                .filter(value -> value.hasNonNull(NORMALIZE))
                .or(() -> state.setting(new RecordKey.Config(null)))
                .map(value -> value.path(NORMALIZE).asBoolean())
                .orElse(false);
    }

    /** The mode that is set for exactly {@code subject}, or READONLY_OVERRIDE when that is set for all. */
    static Optional<Mode> ownMode(RegistryState state, @Nullable String subject) {
        return mode(state, null).filter(all -> all == Mode.READONLY_OVERRIDE).or(() -> mode(state, subject));
    }

    /** The mode in force: the subject's, else that of all, else READWRITE. */
    static Mode modeInForce(RegistryState state, @Nullable String subject) {
        return ownMode(state, subject).or(() -> mode(state, null)).orElse(Mode.READWRITE);
    }

    private static Optional<Mode> mode(RegistryState state, @Nullable String subject) {
        return state.setting(new RecordKey.ModeOf(subject))
                .flatMap(value -> Mode.named(value.path(MODE).asText()));
    }

    /** Sets what is not null and keeps the rest, what another registry wrote included. */
    static Change<Boolean> setLevel(
            RegistryState state,
            @Nullable String subject,
            @Nullable CompatibilityLevel level,
            @Nullable Boolean normalize) {
        requireWritable(state, subject);
        RecordKey key = new RecordKey.Config(subject);
        ObjectNode value = state.setting(key).map(ObjectNode::deepCopy).orElseGet(JsonNodeFactory.instance::objectNode);
        if (level != null) {
            value.put(LEVEL, level.name());
        }
        if (normalize != null) {
            value.put(NORMALIZE, normalize);
        }
        return new Change<>(List.of(new Change.Entry(key, value)), true);
    }

    /** Takes back what is set for {@code subject}, and returns it. */
    static Change<CompatibilityLevel> removeLevel(RegistryState state, @Nullable String subject) {
        requireWritable(state, subject);
        RecordKey key = new RecordKey.Config(subject);
        if (subject != null && state.setting(key).isEmpty()) {
            throw ApiException.subjectNotFound(subject);
        }
        CompatibilityLevel old = level(state, subject);
        return state.setting(key).isEmpty() ? Change.none(old) : new Change<>(List.of(Change.Entry.removal(key)), old);
    }

    /**
     * Sets the mode.
     *
     * @param force whether IMPORT is set even where there are schemas
     */
    static Change<Mode> setMode(RegistryState state, @Nullable String subject, Mode mode, boolean force) {
        Change.Entry entry = new Change.Entry(
                new RecordKey.ModeOf(subject),
                JsonNodeFactory.instance.objectNode().put(MODE, mode.name()));
        if (mode != Mode.IMPORT || modeInForce(state, subject) == Mode.IMPORT || force) {
            return new Change<>(List.of(entry), mode);
        }
        boolean hasSchemas =
                subject == null ? state.all().anyMatch(schema -> !schema.deleted()) : state.exists(subject, false);
        if (hasSchemas) {
            throw ApiException.notPermitted("Mode IMPORT needs " + (subject == null ? "a registry" : "a subject")
                    + " without schemas; force=true sets it nevertheless");
        }
        // The deleted ones must not stand in the way of the ids and versions that are to be imported.
        Change.Entry clear = new Change.Entry(new RecordKey.ClearSubject(subject), RecordFormat.cleared(subject));
        return new Change<>(List.of(clear, entry), mode);
    }

    /** Takes back the mode that is set for {@code subject}, and returns it. */
    static Change<Mode> removeMode(RegistryState state, @Nullable String subject) {
        RecordKey key = new RecordKey.ModeOf(subject);
        if (subject != null && state.setting(key).isEmpty()) {
            throw ApiException.subjectNotFound(subject);
        }
        Mode old = mode(state, subject).orElse(Mode.READWRITE);
        return state.setting(key).isEmpty() ? Change.none(old) : new Change<>(List.of(Change.Entry.removal(key)), old);
    }

    static void requireWritable(RegistryState state, @Nullable String subject) {
        Mode mode = modeInForce(state, subject);
        if (mode.isReadOnly()) {
            throw ApiException.notPermitted((subject == null ? "The registry" : "Subject '" + subject + "'")
                    + " is in mode " + mode + " and cannot be changed");
        }
    }
}
