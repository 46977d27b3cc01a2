package io.millrace.engine.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** The examples of {@code sql-functions.txt}: {@code expression | value}, under headings that begin with {@code #}. */
final class FunctionExamples {

    record Example(String section, String expression, String value) {

        /** The operators and functions that it is written with, in capitals. */
        Set<String> names() {
            Set<String> names = new TreeSet<>();
            try {
                SqlNode parsed = SqlParser.create(expression, SqlDialect.PARSER).parseExpression();
                parsed.accept(new SqlBasicVisitor<Void>() {
                    @Override
                    public Void visit(SqlCall call) {
                        names.add(call.getOperator().getName().toUpperCase(Locale.ROOT));
                        return super.visit(call);
                    }

                    @Override
                    public Void visit(SqlIdentifier identifier) {
                        names.add(identifier.toString().toUpperCase(Locale.ROOT));
                        return null;
                    }
                });
            } catch (SqlParseException e) {
                throw new IllegalArgumentException(expression, e);
            }
            return names;
        }
    }

    private FunctionExamples() {}

    static List<Example> read() throws IOException {
        List<Example> examples = new ArrayList<>();
        String section = "";
        try (InputStream resource = FunctionExamples.class.getResourceAsStream("/sql-functions.txt")) {
            for (String line : new String(resource.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("# ")) {
                    section = line.substring(2);
                } else if (!line.isBlank()) {
                    int end = line.lastIndexOf(" | ");
                    examples.add(new Example(section, line.substring(0, end), line.substring(end + 3)));
                }
            }
        }
        return examples;
    }

    /** What does not come out as it is written, with what it comes out as. */
    static Map<String, String> differences() throws IOException {
        Map<String, String> differences = new LinkedHashMap<>();
        for (Example example : read()) {
            String value;
            try {
                value = Evaluation.of(example.expression()).replace("\n", "\\n");
            } catch (RuntimeException e) {
                value = e.toString();
            }
            if (!value.equals(example.value())) {
                differences.put(example.expression(), value);
            }
        }
        return differences;
    }

    /** Evaluates them all in a JVM of its own, whose time zone and locale a test chooses. */
    public static void main(String[] arguments) throws IOException {
        differences().forEach((expression, value) -> System.out.println(expression + " | " + value));
        System.out.println("done");
    }
}
