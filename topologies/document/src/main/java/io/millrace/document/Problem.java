package io.millrace.document;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a document, where, and how to mend it.
 *
 * @param location where it stands
 * @param message what is wrong, one sentence without a full stop
 * @param hint how to mend it, or null when there is nothing better to say than the message
 */
public record Problem(
        Location location, String message, @Nullable String hint) {

    public static Problem at(Location location, String message) {
        return new Problem(location, message, null);
    }

    /** {@code file:line:column: message (hint)}. */
    @Override
    public String toString() {
        return location + ": " + message + (hint == null ? "" : " (" + hint + ")");
    }
}
