package io.millrace.connect.jdbc.source;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/**
 * Reads a condition as SQL writes it: columns compared with literals by {@code =, <>, <, <=, >, >=, [NOT] IN (...), [NOT] BETWEEN ... AND ...,
 * IS [NOT] NULL}, put together by AND, OR, NOT and parentheses. Literals are numbers, {@code 'texts'}, TRUE, FALSE, {@code DATE '2024-02-29'}
 * and {@code TIMESTAMP '2024-02-29 12:30:00.5'}, which is UTC. A name in double quotes may hold anything.
 */
final class ConditionParser {

    /** Deeper nesting than anybody writes, and less than a stack holds. */
    private static final int MOST_PARENTHESES = 200;

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
            "uuuu-MM-dd[ HH:mm[:ss[.SSS][.SS][.S]]]['T'HH:mm[:ss[.SSS][.SS][.S]]]", Locale.ROOT);
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<name>\"(?:[^\"]|\"\")+\")|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
                    + "|(?<text>'(?:[^']|'')*')|(?<number>-?\\d+(?:\\.\\d+)?(?![\\p{L}\\p{N}_.]))|(?<sign><=|>=|<>|!=|[=<>(),]))");
    private static final Map<String, Condition.Comparator> COMPARATORS = Map.of(
            "=", Condition.Comparator.EQUAL,
            "<>", Condition.Comparator.NOT_EQUAL,
            "!=", Condition.Comparator.NOT_EQUAL,
            "<", Condition.Comparator.LESS,
            "<=", Condition.Comparator.LESS_OR_EQUAL,
            ">", Condition.Comparator.GREATER,
            ">=", Condition.Comparator.GREATER_OR_EQUAL);

    private final String key;
    private final String condition;
    private final Matcher matcher;
    private int at;
    private int depth;

    private ConditionParser(String key, String condition) {
        this.key = key;
        this.condition = condition;
        this.matcher = TOKEN.matcher(condition);
    }

    /**
     * The condition that {@code condition} writes; an empty one has no parts.
     *
     * @param key the configuration key that it came from, for the error
     * @throws ConfigException when it cannot be read; the message says at which character and what is meant to stand there
     */
    static Condition parse(String key, String condition) {
        if (condition.isBlank()) {
            return new Condition.All(List.of());
        }
        ConditionParser parser = new ConditionParser(key, condition);
        Condition whole = parser.any();
        if (!condition.substring(parser.at).isBlank()) {
            throw parser.expected("AND, OR or the end");
        }
        return whole;
    }

    private Condition any() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (takes("OR"));
        return parts.size() == 1 ? parts.get(0) : new Condition.Any(parts);
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(one());
        } while (takes("AND"));
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private Condition one() {
        boolean isNegated = false;
        while (takes("NOT")) {
            isNegated = !isNegated;
        }
        Condition condition;
        if (takes("(")) {
            if (++depth > MOST_PARENTHESES) {
                throw expected("no more than " + MOST_PARENTHESES + " parentheses in each other");
            }
            condition = any();
            require(")");
            depth--;
        } else {
            condition = predicate(column());
        }
        return isNegated ? condition.negated() : condition;
    }

    private Condition predicate(String column) {
        if (takes("IS")) {
            boolean isNull = !takes("NOT");
            require("NULL");
            return new Condition.Nullness(column, isNull);
        }
        boolean isNot = takes("NOT");
        if (takes("IN")) {
            require("(");
            List<Condition.Literal> literals = new ArrayList<>();
            do {
                literals.add(literal());
            } while (takes(","));
            require(")");
            return new Condition.Membership(column, !isNot, literals);
        }
        if (takes("BETWEEN")) {
            Condition.Literal least = literal();
            require("AND");
            Condition between = new Condition.All(List.of(
                    new Condition.Comparison(column, Condition.Comparator.GREATER_OR_EQUAL, least),
                    new Condition.Comparison(column, Condition.Comparator.LESS_OR_EQUAL, literal())));
            return isNot ? between.negated() : between;
        }
        for (String sign : List.of("=", "<>", "!=", "<=", ">=", "<", ">")) {
            if (!isNot && takes(sign)) {
                return new Condition.Comparison(
                        column, java.util.Objects.requireNonNull(COMPARATORS.get(sign)), literal());
            }
        }
        throw expected(isNot ? "IN or BETWEEN" : "a comparison, IN, BETWEEN or IS NULL");
    }

    private String column() {
        if (looksAt("name")) {
            String quoted = take();
            return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
        }
        if (looksAt("word")) {
            return take();
        }
        throw expected("a column's name");
    }

    private Condition.Literal literal() {
        if (looksAt("number")) {
            return new Condition.Literal.Numeric(new BigDecimal(take()));
        }
        if (takes("TRUE")) {
            return new Condition.Literal.Bool(true);
        }
        if (takes("FALSE")) {
            return new Condition.Literal.Bool(false);
        }
        boolean isDay = takes("DATE");
        boolean isMoment = !isDay && takes("TIMESTAMP");
        if (!looksAt("text")) {
            throw expected(
                    isDay || isMoment
                            ? "a text in single quotes"
                            : "a number, a 'text', TRUE, FALSE, DATE '...' or TIMESTAMP '...'");
        }
        int begin = at;
        String quoted = take();
        String text = quoted.substring(1, quoted.length() - 1).replace("''", "'");
        try {
            if (isDay) {
                return new Condition.Literal.Day(LocalDate.parse(text));
            }
            if (isMoment) {
                return new Condition.Literal.Moment(LocalDateTime.parse(text, MOMENT));
            }
        } catch (DateTimeException e) {
            at = begin;
            throw expected(
                    isDay ? "a date as '2024-02-29'" : "a time as '2024-02-29 12:30:00.000', to the millisecond");
        }
        if (text.indexOf('\0') >= 0) {
            throw expected("a text that a database can hold: without the character 0");
        }
        return new Condition.Literal.Text(text);
    }

    private boolean looksAt(String kind) {
        matcher.region(at, condition.length());
        return matcher.lookingAt() && matcher.group(kind) != null;
    }

    private String take() {
        at = matcher.end();
        return matcher.group().strip();
    }

    /** Goes behind a word or sign if it is there. */
    private boolean takes(String token) {
        if ((looksAt("word") || looksAt("sign")) && matcher.group().strip().equalsIgnoreCase(token)) {
            at = matcher.end();
            return true;
        }
        return false;
    }

    private void require(String token) {
        if (!takes(token)) {
            throw expected(token);
        }
    }

    private ConfigException expected(String what) {
        int next = at;
        while (next < condition.length() && Character.isWhitespace(condition.charAt(next))) {
            next++;
        }
        return new ConfigException(key, condition, "at character " + (next + 1) + ": expected " + what);
    }
}
