package io.millrace.engine.row;

/** A value cannot be one of its column's type without losing something; the message says which value, which type and why. */
final class UnfitValueException extends RuntimeException {

    private static final int SHOWN_CHARACTERS = 100;

    private final boolean isPlaced;

    UnfitValueException(String message) {
        this(message, false);
    }

    private UnfitValueException(String message, boolean isPlaced) {
        super(message, null, false, false);
        this.isPlaced = isPlaced;
    }

    /** With a message that names the column itself. */
    static UnfitValueException placed(String message) {
        return new UnfitValueException(message, true);
    }

    /** Whether the message names the column. */
    boolean isPlaced() {
        return isPlaced;
    }

    /** The same, said of a place inside a row. */
    UnfitValueException at(ColumnPath path) {
        return placed("Column '" + path + "': " + getMessage());
    }

    /** A value as messages show it: the beginning alone of one that is long. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
