package io.millrace.engine.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What held and what did not of the expectations of Calcite's tests, against the list of what is known not to hold, {@code
 * calcite-operators.txt}: reasons as headings, and under each the expectations as {@code test | how | SQL}.
 */
final class OperatorExpectations {

    /** How an expression was put to the engine. */
    enum How {
        LITERALS("as written"),
        COLUMNS("in columns"),
        TYPE("type"),
        AGGREGATE("aggregate"),
        QUERY("query"),
        TEST("test");

        final String text;

        How(String text) {
            this.text = text;
        }
    }

    record Expectation(String test, String how, String sql) {

        @Override
        public String toString() {
            return test + " | " + how + " | " + sql;
        }
    }

    interface Check {
        void run() throws Exception;
    }

    private final Map<Expectation, String> reasons;
    /** What was found of each: empty when it holds, or else what is different. */
    private final Map<Expectation, String> found = new LinkedHashMap<>();

    private final Map<String, Integer> skipped = new TreeMap<>();
    private final Set<String> begun = new HashSet<>();
    private String test = "";

    OperatorExpectations() throws IOException {
        this.reasons = read();
    }

    private static Map<Expectation, String> read() throws IOException {
        Map<Expectation, String> reasons = new LinkedHashMap<>();
        String reason = "";
        try (InputStream list = OperatorExpectations.class.getResourceAsStream("/calcite-operators.txt")) {
            for (String line : new String(list.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("# ")) {
                    reason = line.substring(2);
                } else if (!line.isBlank()) {
                    String[] parts = line.split(" \\| ", 3);
                    reasons.put(new Expectation(parts[0], parts[1], parts[2]), reason);
                }
            }
        }
        return reasons;
    }

    /** Names the test that the next expectations are of. */
    void begin(String name) {
        test = name;
        begun.add(name);
    }

    void expect(How how, String sql, Check check) {
        String difference = "";
        try {
            check.run();
        } catch (Exception | Error e) {
            difference = String.valueOf(e).replace("\n", " ");
        }
        Expectation expectation =
                new Expectation(test, how.text, sql.replace("\n", "\\n").replace("\t", "\\t"));
        found.merge(expectation, difference, (before, now) -> before.isEmpty() ? now : before);
    }

    void skip(String reason) {
        skipped.merge(reason, 1, Integer::sum);
    }

    /** Expectations of the test under way that neither hold nor are listed. */
    List<String> surprises() {
        List<String> surprises = new ArrayList<>();
        found.forEach((expectation, difference) -> {
            if (expectation.test().equals(test) && !difference.isEmpty() && !reasons.containsKey(expectation)) {
                surprises.add(expectation + "\n    " + difference);
            }
        });
        return surprises;
    }

    /** What is listed of the tests that were run, and holds or is asked no more. */
    List<String> outdated() {
        return reasons.keySet().stream()
                .filter(expectation -> begun.contains(expectation.test()))
                .filter(expectation -> found.getOrDefault(expectation, "").isEmpty())
                .map(Expectation::toString)
                .toList();
    }

    /** How many hold, how many do not by reason, and how many were not asked by reason. */
    String summary() {
        Map<String, Integer> byReason = new TreeMap<>();
        found.forEach((expectation, difference) -> {
            if (!difference.isEmpty()) {
                byReason.merge(reasons.getOrDefault(expectation, "not listed"), 1, Integer::sum);
            }
        });
        int failed = byReason.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder summary = new StringBuilder();
        summary.append(found.size()).append(" expectations, of which hold ").append(found.size() - failed);
        byReason.forEach((reason, count) ->
                summary.append("\n  not: ").append(count).append(' ').append(reason));
        skipped.forEach((reason, count) ->
                summary.append("\n  not asked: ").append(count).append(' ').append(reason));
        return summary.toString();
    }

    /** All that was found not to hold, with the difference, for {@code calcite-operators.txt}. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        found.forEach((expectation, difference) -> {
            if (!difference.isEmpty()) {
                failures.add(reasons.getOrDefault(expectation, "not listed") + "\t" + expectation + "\t" + difference);
            }
        });
        return failures;
    }
}
