package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.sql.FunctionExamples.Example;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.fun.LibraryOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.junit.jupiter.api.Test;

/**
 * Every scalar function is shown by an example, refused, or listed here as one that no row can compute. {@code
 * docs/sql-functions.md} is made of the examples: with the system property {@code docs.update} it is written.
 */
final class FunctionsPageTest {

    private static final Path PAGE = Path.of("../../docs/sql-functions.md");

    /** What a query is built of around its expressions, and operators that only Calcite itself makes. */
    private static final Set<String> NOT_SCALAR = words(
            "AS CALL COLUMN_LIST CUBE CURSOR DESC DESCRIPTOR EXCEPT EXTEND FILTER FINAL FIRST FUSION GROUPING GROUPING_ID"
                    + " GROUP_ID HOP HOP_END HOP_START INTERSECT INTERSECTION INTERVAL LAST LATERAL NEW NEXT OVER PREV ROLLUP RUNNING"
                    + " SEARCH SESSION SESSION_END SESSION_START SET_SEMANTICS_TABLE TABLE TABLESAMPLE TUMBLE TUMBLE_END"
                    + " TUMBLE_START UNION UNIQUE UNNEST VALUES MATCH_NUMBER CLASSIFIER ESCAPE => COLON DOT | DEFAULT REINTERPRET");

    /** A MULTISET is a query to Calcite, and no step can have one within an expression. */
    private static final Set<String> MULTISETS =
            Set.of("IS A SET", "IS NOT A SET", "IS EMPTY", "IS NOT EMPTY", "MEMBER OF");

    /** The grammar has no way to write them, or none with an answer over one row. */
    private static final Set<String> NOT_WRITABLE = words(":: <=> EXISTS << /INT");

    @Test
    void shouldGiveWhatTheExamplesSay() throws IOException {
        assertThat(FunctionExamples.differences()).isEmpty();
    }

    @Test
    void shouldGiveTheSameInEveryTimeZoneAndLanguage() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.timezone=America/New_York",
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=ISO-8859-9",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FunctionExamples.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(output.strip()).isEqualTo("done");
    }

    @Test
    void shouldShowEveryFunctionByAnExampleOrRefuseIt() throws IOException {
        Set<String> shown = new HashSet<>();
        FunctionExamples.read().forEach(example -> shown.addAll(example.names()));
        Set<String> unknown = new TreeSet<>();
        for (SqlOperator operator : SqlDialect.operators().getOperatorList()) {
            String name = operator.getName().toUpperCase(Locale.ROOT);
            if (isScalar(operator, name) && !shown.contains(name) && !(operator instanceof RefusedFunction)) {
                unknown.add(name);
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean isScalar(SqlOperator operator, String name) {
        return !operator.isAggregator()
                && !operator.requiresOver()
                && !(operator instanceof SqlTableFunction)
                && !name.isBlank()
                && !name.startsWith("$")
                && !name.contains("MULTISET")
                && !name.startsWith("PATTERN_")
                && !name.contains("POSIX REGEX")
                && !MULTISETS.contains(name)
                && !name.equals("GROUPING SETS")
                && !name.endsWith(" ALL")
                && !name.startsWith("NULLS ")
                && !name.endsWith(" NULLS")
                && !name.startsWith("WITHIN ")
                && !NOT_SCALAR.contains(name)
                && !NOT_WRITABLE.contains(name);
    }

    @Test
    void shouldStandInTheDocumentation() throws IOException {
        String page = page();
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/sql-functions.md; -Ddocs.update writes it")
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        String section = "";
        for (Example example : FunctionExamples.read()) {
            if (!example.section().equals(section)) {
                section = example.section();
                page.append("\n### ").append(section).append("\n\n| expression | value |\n|---|---|\n");
            }
            page.append("| ")
                    .append(code(example.expression()))
                    .append(" | ")
                    .append(code(example.value()))
                    .append(" |\n");
        }
        page.append("\n## Functions by name\n\n| name | arguments | library | example |\n|---|---|---|---|\n");
        IdentityHashMap<SqlOperator, String> libraries = libraries();
        Map<String, String> rows = new TreeMap<>();
        for (SqlOperator operator : SqlDialect.operators().getOperatorList()) {
            String name = operator.getName().toUpperCase(Locale.ROOT);
            boolean isFunction =
                    operator.getSyntax() == SqlSyntax.FUNCTION || operator.getSyntax() == SqlSyntax.FUNCTION_ID;
            if (!isFunction || !isScalar(operator, name) || operator instanceof RefusedFunction) {
                continue;
            }
            String signature = signature(operator);
            rows.put(
                    name + " " + signature,
                    "| " + code(name) + " | " + signature + " | " + library(libraries, operator) + " | " + example(name)
                            + " |\n");
        }
        rows.values().forEach(page::append);
        return page.toString();
    }

    private static String example(String name) throws IOException {
        return FunctionExamples.read().stream()
                .filter(example -> example.names().contains(name))
                .map(example -> code(example.expression()) + " is " + code(example.value()))
                .findFirst()
                .orElse("");
    }

    private static String signature(SqlOperator operator) {
        try {
            return Arrays.stream(operator.getAllowedSignatures().split("\n"))
                    .map(form -> code(form.replace("'", "")))
                    .distinct()
                    .reduce((left, right) -> left + "<br>" + right)
                    .orElse("");
        } catch (RuntimeException e) {
            // Some are written with keywords between their operands, and have no signature.
            return "";
        }
    }

    private static String code(String text) {
        String escaped = text.replace("|", "\\|");
        return text.contains("`") ? escaped : "`" + escaped + "`";
    }

    private static IdentityHashMap<SqlOperator, String> libraries() {
        IdentityHashMap<SqlOperator, String> libraries = new IdentityHashMap<>();
        for (Field field : SqlLibraryOperators.class.getFields()) {
            LibraryOperator annotation = field.getAnnotation(LibraryOperator.class);
            try {
                if (annotation != null && field.get(null) instanceof SqlOperator operator) {
                    List<String> names = new ArrayList<>();
                    Arrays.stream(annotation.libraries())
                            .forEach(library -> names.add(library.name().toLowerCase(Locale.ROOT)));
                    libraries.put(operator, String.join(", ", names));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return libraries;
    }

    /** A function of which only the type is our own is still the library's. */
    private static String library(IdentityHashMap<SqlOperator, String> libraries, SqlOperator operator) {
        String library = libraries.get(operator);
        if (library == null && Set.of("LPAD", "RPAD").contains(operator.getName())) {
            return libraries.keySet().stream()
                    .filter(other -> other.getName().equals(operator.getName()))
                    .findFirst()
                    .map(libraries::get)
                    .orElseThrow();
        }
        return library == null ? "standard" : library;
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    private static final String INTRODUCTION = """
            # SQL functions

            Made by a test of the functions themselves: every value below is what its expression gave. In the examples, `i` is the largest INTEGER
            and `l` the largest BIGINT, `d` the DOUBLE 2.5, `m` the DECIMAL(10, 2) 12.34, `s` the text `'text'`, `n` a null text and `z` the
            INTEGER 0. Functions of your own are added in [Java](user-functions.md).

            ## How they behave

            - **Errors** put the row in quarantine. An integer or decimal result that does not fit its type is an error, in arithmetic as in casts, and
              so are division by zero (of DOUBLEs, too) and a text that is no value of the type it is cast to. `TRY_CAST` and `SAFE_CAST` give null.
              The type of `TINYINT + TINYINT` is TINYINT: cast before you add, where sums are larger.
            - **Rounding**: casts to whole numbers and to fewer decimals round, half away from zero, but a DOUBLE or REAL that becomes whole half to
              even; ROUND rounds half away from zero. Division of whole numbers cuts off, and the sign of MOD is that of the dividend.
            - **NaN** equals itself and is greater than any other number; -0.0 equals 0.0.
            - **Evaluation**: AND and OR may evaluate both sides. What must not be computed is kept from it by CASE, COALESCE, IF and NULLIF.
            - **Text** is Unicode; lengths and positions count characters (code points), and none is cut in half. Texts are compared and
              put in order by code point, blanks at the end count, and a cast to CHAR(n) or VARCHAR(n) cuts off.
            - **Null**: `||` with a null is null; CONCAT, CONCAT_WS, GREATEST and LEAST leave nulls out, as PostgreSQL's do.
            - **One meaning each**: where libraries give a name several, it is PostgreSQL's, but for SUBSTR, which counts a negative start from the end
              as BigQuery, MySQL and Spark do, and REGEXP_REPLACE, which replaces all matches and writes groups as `$1`.
            - **Patterns** are `java.util.regex`, with all it can do. One match may read ten million characters before it is an error, counted
              repetitions within each other may come to a million, and a pattern may have ten thousand characters. LIKE is not a regular expression:
              `_` is one character, line ends among them, and its time is bounded by the product of both lengths.
            - **Size**: a text or binary has at most 16 Mi characters or bytes, an array or map a million elements. A format has at most 1,000
              characters. A search compares at most two thousand million characters, and LEVENSHTEIN and TRANSLATE 25 million: the product of both
              lengths counts.
            - **Time** is UTC everywhere: TIMESTAMP WITH LOCAL TIME ZONE is an instant, and a text without a zone is read as UTC. CURRENT_TIMESTAMP and
              its like are the time of processing, so that a row that is computed again can get another.
            - **Refused** are RAND and its like, since a row computed again has to come out the same; USER and its like; functions over XML, which may
              name files and addresses; and regular expressions within JSON paths.
            - **Bounds of a query**: a million characters, 200 levels of parentheses, 1,000 columns, 5,000 words or 300 times LIKE between two commas;
              50 joins and 500 relations, with what the names of a WITH stand for; 512 grouping sets; 10,000 operators and operands in an expression,
              as often as COALESCE, NULLIF, GREATEST, LEAST, DECODE and CASE repeat them. An IN may have as many values as fit.

            ## Examples
            """;
}
