package io.millrace.engine.sql.runtime;

/**
 * Which JSON paths a query may use: those that find about as much as there is. A regular expression in a path would have no budget;
 * a second {@code ..} finds all that is below each of what the first found; and {@code [0,0]} finds its element twice.
 */
final class JsonPaths {

    private static final int MAX_LENGTH = 10_000;

    /** Of the numbers of alternatives in the brackets of a path, multiplied. */
    private static final long MAX_ALTERNATIVES = 1_000;

    private JsonPaths() {}

    /**
     * The path.
     *
     * @throws IllegalArgumentException when it is none that may be used; the message says why
     */
    static String bounded(String path) {
        if (path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A JSON path has at most " + MAX_LENGTH + " characters, not " + path.length());
        }
        if (path.contains("=~")) {
            throw new IllegalArgumentException("A JSON path here has no regular expressions: " + path);
        }
        if (path.indexOf("..") != path.lastIndexOf("..")) {
            throw new IllegalArgumentException("A JSON path here has '..' only once: " + path);
        }
        if (alternatives(path) > MAX_ALTERNATIVES) {
            throw new IllegalArgumentException(
                    "The alternatives of a JSON path here come to at most " + MAX_ALTERNATIVES + ": " + path);
        }
        return path;
    }

    private static long alternatives(String path) {
        long product = 1;
        long inBracket = 1;
        for (int i = 0; i < path.length() && product <= MAX_ALTERNATIVES; i++) {
            switch (path.charAt(i)) {
                case '[' -> inBracket = 1;
                case ',' -> inBracket++;
                case ']' -> {
                    product *= inBracket;
                    inBracket = 1;
                }
                default -> {
                    // A name, a sign or a number
                }
            }
        }
        return product;
    }

    /**
     * Whether a path finds any number of values, and so is given a list of them: it has a wildcard, a filter, {@code ..}, or
     * several names or numbers in a bracket. One that ends with a function, {@code $..a.max()}, finds what that makes of them.
     */
    static boolean findsMany(String path) {
        if (path.stripTrailing().endsWith(")")) {
            return false;
        }
        char quote = 0;
        boolean isInBracket = false;
        for (int i = 0; i < path.length(); i++) {
            char next = path.charAt(i);
            if (quote != 0) {
                if (next == '\\') {
                    i++;
                } else if (next == quote) {
                    quote = 0;
                }
                continue;
            }
            switch (next) {
                case '\'', '"' -> quote = next;
                case '[' -> isInBracket = true;
                case ']' -> isInBracket = false;
                case '*', '?' -> {
                    return true;
                }
                case ',', ':' -> {
                    if (isInBracket) {
                        return true;
                    }
                }
                case '.' -> {
                    if (path.startsWith("..", i)) {
                        return true;
                    }
                }
                default -> {
                    // A name, a sign or a number
                }
            }
        }
        return false;
    }
}
