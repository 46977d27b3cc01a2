package io.millrace.connect.jdbc.sink;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Makes names out of others: <code>${topic}</code> stands for the whole, <code>${topic.2}</code> for its second part between dots,
 * <code>${topic.-1}</code> for its last; <code>:lower</code>, <code>:upper</code> and <code>:snake</code> change their letters.
 *
 * @param text the template
 * @param variable what it calls the name that it is given
 */
record NameTemplate(String text, String variable) {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{([a-z]+)(?:\\.(-?[1-9][0-9]{0,2}))?(?::(lower|upper|snake))?}");

    NameTemplate {
        Matcher placeholders = PLACEHOLDER.matcher(text);
        String rest = placeholders.replaceAll("");
        if (rest.contains("${")) {
            throw new IllegalArgumentException("a placeholder is ${" + variable + "}, ${" + variable
                    + ".2} or, with :lower, :upper or :snake, ${" + variable + ":snake}");
        }
        placeholders.reset();
        while (placeholders.find()) {
            if (!placeholders.group(1).equals(variable)) {
                throw new IllegalArgumentException("${" + placeholders.group(1) + "} stands for nothing here, ${"
                        + variable + "} for the " + variable + "'s name");
            }
        }
    }

    /** Lets a configuration's text be a template of this variable, or nothing. */
    static ConfigDef.Validator validator(String variable) {
        return ConfigDef.LambdaValidator.with(
                (key, value) -> {
                    if (value != null) {
                        of(key, value.toString(), variable);
                    }
                },
                () -> "text with ${" + variable + "}");
    }

    static NameTemplate of(String key, String text, String variable) {
        try {
            return new NameTemplate(text, variable);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(key, text, e.getMessage());
        }
    }

    /** The name for {@code name}; dots of the whole become underscores, and a part that it lacks is nothing. */
    String apply(String name) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String part = match.group(2) == null
                    ? name.replace('.', '_')
                    : part(List.of(name.split("\\.", -1)), Integer.parseInt(match.group(2)));
            return Matcher.quoteReplacement(letters(part, match.group(3)));
        });
    }

    private static String part(List<String> parts, int number) {
        int index = number > 0 ? number - 1 : parts.size() + number;
        return index >= 0 && index < parts.size() ? parts.get(index) : "";
    }

    private static String letters(String text, @Nullable String change) {
        return switch (change == null ? "" : change) {
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "snake" ->
                text.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                        .replaceAll("[^A-Za-z0-9]+", "_")
                        .toLowerCase(Locale.ROOT);
            default -> text;
        };
    }
}
