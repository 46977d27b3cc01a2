package io.millrace.registry;

import java.util.Locale;
import java.util.Optional;

/** What may be written: everything, nothing, or only schemas that bring their id. */
enum Mode {
    READWRITE,
    READONLY,
    /** As READONLY, and set for all subjects it wins over theirs. */
    READONLY_OVERRIDE,
    IMPORT;

    boolean isReadOnly() {
        return this == READONLY || this == READONLY_OVERRIDE;
    }

    static Optional<Mode> named(String name) {
        for (Mode mode : values()) {
            if (mode.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
