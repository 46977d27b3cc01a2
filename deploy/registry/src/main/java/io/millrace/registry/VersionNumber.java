package io.millrace.registry;

import org.jspecify.annotations.Nullable;

/** A version as a request names it: a number from 1 on, or the latest when there is none. */
record VersionNumber(@Nullable Integer number) {

    static final VersionNumber LATEST = new VersionNumber(null);

    /**
     * Reads {@code latest}, -1, which means the same, or a number.
     *
     * @throws ApiException when {@code text} is none of these
     */
    static VersionNumber parse(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return LATEST;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return new VersionNumber(number);
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number that is too small.
        }
        throw ApiException.invalidVersion(text);
    }

    @Override
    public String toString() {
        return number == null ? "'latest'" : number.toString();
    }
}
