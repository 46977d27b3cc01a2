package io.millrace.engine.sql.runtime;

import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.ByteString;

/** Functions whose result could be of any size, held to 16 Mi characters or bytes and a million elements. */
public final class BoundedCalls {

    /** The most characters of a text, or bytes of a binary. */
    public static final int MAX_TEXT = 16 * 1024 * 1024;

    /** The most elements of an array or map. */
    public static final int MAX_ELEMENTS = 1_000_000;

    private BoundedCalls() {}

    static void requireText(long length) {
        if (length > MAX_TEXT) {
            throw new IllegalArgumentException("The result would have " + length + " characters, more than the "
                    + MAX_TEXT + " that a value may have");
        }
    }

    static void requireElements(long size) {
        if (size > MAX_ELEMENTS) {
            throw new IllegalArgumentException("The result would have " + size + " elements, more than the "
                    + MAX_ELEMENTS + " that a value may have");
        }
    }

    /** The text, if it is not too long. */
    public static String text(String value) {
        requireText(value.length());
        return value;
    }

    /** The bytes, if they are not too many. */
    public static ByteString bytes(ByteString value) {
        requireText(value.length());
        return value;
    }

    /** The array, if it has not too many elements. */
    public static List<?> array(List<?> value) {
        requireElements(value.size());
        return value;
    }

    /** The map, if it has not too many entries. */
    public static Map<?, ?> map(Map<?, ?> value) {
        requireElements(value.size());
        return value;
    }

    public static String repeat(String text, int count) {
        requireText((long) text.length() * Math.max(0, count));
        return text.repeat(Math.max(0, count));
    }

    public static String space(int count) {
        return repeat(" ", count);
    }

    public static String lpad(String text, long length) {
        return lpad(text, length, " ");
    }

    public static String lpad(String text, long length, String pad) {
        return padding(text, length, pad) + TextCalls.left(text, length);
    }

    public static String rpad(String text, long length) {
        return rpad(text, length, " ");
    }

    public static String rpad(String text, long length, String pad) {
        return TextCalls.left(text, length) + padding(text, length, pad);
    }

    private static String padding(String text, long length, String pad) {
        if (length < 0) {
            throw new IllegalArgumentException("A text is not padded to a length of " + length);
        }
        requireText(length);
        long missing = length - TextCalls.length(text);
        if (missing <= 0 || pad.isEmpty()) {
            return "";
        }
        long whole = missing / TextCalls.length(pad);
        requireText(whole * pad.length());
        return pad.repeat((int) whole) + TextCalls.left(pad, missing - whole * TextCalls.length(pad));
    }

    public static String replace(String text, String search, String replacement) {
        if (search.isEmpty()) {
            return text;
        }
        long count = 0;
        for (int at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length())) {
            count++;
        }
        requireText(text.length() + count * ((long) replacement.length() - search.length()));
        return count == 0 ? text : text.replace(search, replacement);
    }

    /** The count, if an array can have as many elements. */
    public static int elements(int count) {
        requireElements(count);
        return count;
    }

    /** The length, if a text or binary can have it. */
    public static int length(int length) {
        requireText(length);
        return length;
    }

    /** The array, if joining its elements by {@code separator} makes no text that is too long. */
    public static List<?> joinable(List<?> elements, String separator) {
        long length = 0;
        for (Object element : elements) {
            length += separator.length()
                    + (element == null ? 0 : element.toString().length());
        }
        requireText(length);
        return elements;
    }

    /** The path, if it has no regular expression: its matches would have no budget. */
    public static String jsonPath(String path) {
        if (path.contains("=~")) {
            throw new IllegalArgumentException("A JSON path here has no regular expressions: " + path);
        }
        return path;
    }

    /** The name, if it is one that a URL's parameter can have, rather than a regular expression. */
    public static String urlKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            if ("\\^$.|?*+()[]{}".indexOf(key.charAt(i)) >= 0 && key.charAt(i) != '.') {
                throw new IllegalArgumentException("PARSE_URL takes a parameter's name, not '" + key + "'");
            }
        }
        return key;
    }

    /** The number of digits to round to, if a DECIMAL can have it. */
    public static int digits(int digits) {
        if (digits < -100 || digits > 100) {
            throw new IllegalArgumentException("A number is rounded to between -100 and 100 digits, not " + digits);
        }
        return digits;
    }
}
