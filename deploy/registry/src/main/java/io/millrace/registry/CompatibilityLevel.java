package io.millrace.registry;

import java.util.Locale;
import java.util.Optional;

/** Which of a new schema and the earlier ones must be able to read the other's data. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** Whether the new schema must read what earlier ones wrote. */
    boolean backward() {
        return backward;
    }

    /** Whether earlier schemas must read what the new one writes. */
    boolean forward() {
        return forward;
    }

    /** Whether all earlier schemas are meant, not only the newest. */
    boolean transitive() {
        return transitive;
    }

    static Optional<CompatibilityLevel> named(String name) {
        for (CompatibilityLevel level : values()) {
            if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
