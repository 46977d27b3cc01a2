package io.millrace.connect.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/** Reads a list of columns as SQL writes it: {@code name TYPE [NOT NULL], ...}; a name in double quotes may hold anything. */
public final class Columns {

    private static final Pattern COLUMN = Pattern.compile(
            "\\s*(?:\"((?:[^\"]|\"\")+)\"|([\\p{L}_][\\p{L}\\p{N}_$]*))\\s+([\\p{L}_]+)\\s*(?:\\(([\\d\\s,]*)\\))?\\s*(NOT\\s+NULL|NULL)?\\s*(,|$)",
            Pattern.CASE_INSENSITIVE);

    private Columns() {}

    /**
     * The columns that {@code text} lists, in its order.
     *
     * @param key the configuration key that it came from, for the error
     * @throws ConfigException when it cannot be read; the message says at which character and what is meant to stand there
     */
    public static List<Column> parse(String key, String text) {
        Map<String, Column> columns = new LinkedHashMap<>();
        Matcher matcher = COLUMN.matcher(text);
        int at = 0;
        boolean isMore = !text.isBlank();
        while (isMore) {
            matcher.region(at, text.length());
            if (!matcher.lookingAt()) {
                throw new ConfigException(
                        key, text, "at character " + (at + 1) + ": expected a column as NAME TYPE [NOT NULL]");
            }
            Column column = column(key, text, matcher);
            if (columns.put(column.name().toLowerCase(Locale.ROOT), column) != null) {
                throw new ConfigException(key, text, "column '" + column.name() + "' is there twice");
            }
            at = matcher.end();
            isMore = matcher.group(6).equals(",");
        }
        return new ArrayList<>(columns.values());
    }

    private static Column column(String key, String text, Matcher matcher) {
        String quoted = matcher.group(1);
        String name = quoted == null ? matcher.group(2) : quoted.replace("\"\"", "\"");
        String parameters = matcher.group(4);
        int[] numbers = parameters == null || parameters.isBlank()
                ? new int[0]
                : java.util.Arrays.stream(parameters.split(","))
                        .mapToInt(number -> Integer.parseInt(number.strip()))
                        .toArray();
        ColumnType type = ColumnType.named(matcher.group(3), numbers);
        if (type == null) {
            throw new ConfigException(
                    key, text, "column '" + name + "' has the type " + matcher.group(3) + ", which is not one");
        }
        String nullability = matcher.group(5);
        boolean nullable = nullability == null || nullability.equalsIgnoreCase("NULL");
        return new Column(name, type, nullable);
    }
}
