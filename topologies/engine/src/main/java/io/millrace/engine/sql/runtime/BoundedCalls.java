package io.millrace.engine.sql.runtime;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.ByteString;

/** Functions whose result could be of any size, held to 16 Mi characters or bytes and a million elements. */
public final class BoundedCalls {

    /** The most characters of a text, or bytes of a binary. */
    public static final int MAX_TEXT = 16 * 1024 * 1024;

    /** The most elements of an array or map. */
    public static final int MAX_ELEMENTS = 1_000_000;

    private static final int MAX_FORMAT = 1_000;

    /** Twenty-five million take about a tenth of a second. */
    private static final long MAX_COMPARISONS = 25_000_000;

    /** Of characters compared in a search that goes on from each of a text's: about a second's worth. */
    private static final long MAX_SEARCH = 2_000_000_000;

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
        searchable(text, search);
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

    /** The path, if what it finds is bounded: see {@link JsonPaths}. */
    public static String jsonPath(String path) {
        return JsonPaths.bounded(path);
    }

    /** The delimiter, as a regular expression that finds it as it is. */
    public static String delimiter(String delimiter) {
        return delimiter.isEmpty() ? delimiter : Pattern.quote(delimiter);
    }

    /** The format of a number or time, if it is not too long. */
    public static String format(String format) {
        if (format.length() > MAX_FORMAT) {
            throw new IllegalArgumentException(
                    "A format has at most " + MAX_FORMAT + " characters, not " + format.length());
        }
        return format;
    }

    /** How many decimals a number is written with, if a text can have them. */
    public static int decimals(int decimals) {
        if (decimals > MAX_FORMAT) {
            throw new IllegalArgumentException(
                    "A number is written with at most " + MAX_FORMAT + " decimals, not " + decimals);
        }
        return decimals;
    }

    /** The text, if comparing each of its characters with each of {@code other} is done in a moment. */
    public static String near(String text, String other) {
        if ((long) text.length() * other.length() > MAX_COMPARISONS) {
            throw tooLong(text, other);
        }
        return text;
    }

    /** The text, if looking for {@code searched} is done in a moment, even where it nearly stands at every place. */
    public static String searchable(String text, String searched) {
        if ((long) text.length() * searched.length() > MAX_SEARCH) {
            throw tooLong(text, searched);
        }
        return text;
    }

    private static IllegalArgumentException tooLong(String text, String other) {
        return new IllegalArgumentException(
                "Comparing texts of " + text.length() + " and " + other.length() + " characters takes too long");
    }

    /** The place in an array, if it can have as many elements. */
    public static int index(int index) {
        requireElements(Math.abs((long) index));
        return index;
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
