package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.function.ScalarFunction;
import io.millrace.engine.function.UserFunctions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions as users write them: compiled from text, listed as services, loaded by a class loader of their own. */
final class UserFunctionsTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public (?:final |abstract )?class (\\w+)");
    private static final String HEAD = String.join(
            "\n",
            "package com.example;",
            "import io.millrace.engine.function.*;",
            "import java.math.*;",
            "import java.time.*;",
            "import java.util.*;",
            "");

    @TempDir
    private Path directory;

    @Test
    void shouldRunTheFunctionOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../../docs/user-functions.md"));
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(page);
        while (matcher.find()) {
            blocks.add(matcher.group(2));
        }
        Path classes = compile(blocks.get(0));
        services(classes, blocks.get(1));
        String expression =
                blocks.get(2).replaceAll("(?s)SELECT (.*) AS slug FROM.*", "$1").strip();
        SqlPlanner planner = planner(classes);
        assertThat(page).contains("`" + Evaluation.of(planner, expression).replace("'", "") + "`");
        assertThat(Evaluation.of(planner(classes), "SLUG_OF(n, 1)")).isEqualTo("NULL");
        assertThat(Evaluation.of(planner(classes), "slug_of('x', CAST(n AS INTEGER))"))
                .isEqualTo("NULL");
        assertThatThrownBy(() -> Evaluation.of(planner(classes), "SLUG_OF('x', z)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A slug has at least one character, not 0");
    }

    @Test
    void shouldGiveEveryTypeToAFunctionAndTakeItBack() throws IOException {
        SqlPlanner planner = planner(with("""
                public class Same implements ScalarFunction {
                    public String all(boolean a, byte b, short c, int d, long e, float f, double g, BigDecimal h, String i,
                            byte[] j, LocalDate k, LocalTime l, LocalDateTime m, Instant n, List<Integer> o,
                            Map<String, Double> p) {
                        return String.join(" ", "" + a, "" + b, "" + c, "" + d, "" + e, "" + f, "" + g, "" + h, i,
                                Arrays.toString(j), "" + k, "" + l, "" + m, "" + n, "" + o, "" + p);
                    }
                }
                """));
        assertThat(
                        Evaluation.of(
                                planner,
                                "SAME(TRUE, b, h, 5, l, 1.5, 2.5, 12.34, s, X'0102', DATE '2020-02-29', TIME '12:34:56',"
                                        + " TIMESTAMP '1969-12-31 23:59:59', TIMESTAMP_SECONDS(0), ARRAY[1, 2], MAP['a', 1.5e0])"))
                .startsWith("'true 127 32767 5 9223372036854775807 1.5 2.5 12.34")
                .endsWith("text [1, 2] 2020-02-29 12:34:56 1969-12-31T23:59:59 1970-01-01T00:00:00Z [1, 2] {a=1.5}'");
        for (String[] back : new String[][] {
            {"BigDecimal", "new BigDecimal(\"1.5\")", "1.5000000000"},
            {"byte[]", "new byte[] {1, 2}", "X'0102'"},
            {"LocalDate", "LocalDate.of(1969, 12, 31)", "1969-12-31"},
            {"LocalTime", "LocalTime.of(1, 2, 3)", "01:02:03"},
            {"LocalDateTime", "LocalDateTime.of(1969, 12, 31, 1, 2, 3)", "1969-12-31 01:02:03"},
            {"Instant", "Instant.EPOCH", "1970-01-01 00:00:00"},
            {"List<LocalDate>", "List.of(LocalDate.EPOCH)", "[1970-01-01]"},
            {"Map<String, Integer>", "Map.of(\"a\", 1)", "{'a'=1}"},
            {"int", "7", "7"},
            {"Long", "null", "NULL"}
        }) {
            Path classes = with("public class Back implements ScalarFunction { public " + back[0] + " f() { return "
                    + back[1] + "; } }");
            assertThat(Evaluation.of(planner(classes), "BACK()")).as(back[0]).isEqualTo(back[2]);
        }
    }

    @Test
    void shouldComputeWithWhatAFunctionGives() throws IOException {
        Path classes = with(
                "@FunctionName(\"plus_one\") public class P implements ScalarFunction { public int f(int a) { return a + 1; } }");
        assertThat(Evaluation.of(planner(classes), "PLUS_ONE(z) + plus_one(PLUS_ONE(1))"))
                .isEqualTo("4");
        assertThat(Evaluation.of(planner(classes), "CASE WHEN PLUS_ONE(z) = 1 THEN 'one' END"))
                .isEqualTo("'one'");
    }

    @Test
    void shouldFailOnlyTheQueryThatCallsWhatIsNoFunction() throws IOException {
        Path classes = with(
                "public class Good implements ScalarFunction { public int f() { return 1; } }",
                "public class Methodless implements ScalarFunction { int f() { return 1; } }",
                "public class Overloaded implements ScalarFunction { public int f() { return 1; } public int f(int a) { return 1; } }",
                "public class Odd implements ScalarFunction { public int f(StringBuilder a) { return 1; } }",
                "public class Raw implements ScalarFunction { public int f(List a) { return 1; } }",
                "public class Nothing implements ScalarFunction { public void f() {} }",
                "public class Thrower implements ScalarFunction { public Thrower() { throw new IllegalStateException(\"no\"); }"
                        + " public int f() { return 1; } }",
                "public class Statics implements ScalarFunction { static final int A = Integer.parseInt(\"x\");"
                        + " public int f() { return A; } }",
                "public class Upper implements ScalarFunction { public String f(String a) { return a; } }",
                "public class Twice implements ScalarFunction { public int f() { return 1; } }",
                "@FunctionName(\"twice\") public class Again implements ScalarFunction { public int f() { return 1; } }",
                "@FunctionName(\"a b\") public class Blank implements ScalarFunction { public int f() { return 1; } }",
                "public class Orphan extends Gone { public int f() { return 1; } }",
                "public class Gone implements ScalarFunction {}");
        services(classes, Files.readString(classes.resolve(SERVICES)) + "com.example.Missing\n");
        Files.delete(classes.resolve("com/example/Gone.class"));

        assertThat(Evaluation.of(planner(classes), "GOOD()")).isEqualTo("1");
        assertThat(Evaluation.of(planner(classes), "LOWER('A')")).isEqualTo("'a'");
        assertRefused(
                classes,
                "METHODLESS()",
                "METHODLESS cannot be called: its class com.example.Methodless has no public method");
        assertRefused(classes, "OVERLOADED()", "has 2 public methods");
        assertRefused(classes, "ODD(1)", "has java.lang.StringBuilder in its method f, which is no type of SQL");
        assertRefused(classes, "RAW(1)", "has java.util.List in its method f");
        assertRefused(classes, "NOTHING()", "has void in its method f");
        assertRefused(classes, "THROWER()", "cannot be used: IllegalStateException: no");
        assertRefused(classes, "STATICS()", "cannot be used: NumberFormatException");
        assertRefused(classes, "UPPER('a')", "UPPER cannot be called: it is built in");
        assertRefused(classes, "TWICE()", "two classes have that name, com.example.Twice and com.example.Again");
        assertRefused(classes, "MISSING()", "its class com.example.Missing cannot be loaded");
        assertRefused(classes, "ORPHAN()", "No match found for function signature ORPHAN");
    }

    @Test
    void shouldPutTheRowAsideForWhateverAFunctionThrows() throws IOException {
        Path classes = with(
                "public class Checked implements ScalarFunction { public int f() throws Exception { throw new java.io.IOException(\"disk\"); } }",
                "public class Broken implements ScalarFunction { public int f() { throw new NoClassDefFoundError(\"gone\"); } }",
                "public class Deep implements ScalarFunction { public int f() { return g(); } private int g() { return 1 + g(); } }",
                "public class Wide implements ScalarFunction { public BigDecimal f() { return BigDecimal.TEN.pow(40); } }");
        for (String name : List.of("CHECKED", "BROKEN", "DEEP", "WIDE")) {
            assertThatThrownBy(() -> Evaluation.of(planner(classes), name + "()"))
                    .as(name)
                    .isInstanceOf(RuntimeException.class)
                    .isNotInstanceOf(Evaluation.Refused.class);
        }
    }

    private static final String SERVICES = "META-INF/services/" + ScalarFunction.class.getName();

    private void assertRefused(Path classes, String expression, String message) throws IOException {
        SqlPlanner planner = planner(classes);
        assertThatThrownBy(() -> Evaluation.of(planner, expression))
                .isInstanceOf(Evaluation.Refused.class)
                .hasMessageContaining(message);
    }

    /** The classes compiled and listed. */
    private Path with(String... sources) throws IOException {
        Path classes = compile(Stream.of(sources).map(source -> HEAD + source).toArray(String[]::new));
        StringBuilder services = new StringBuilder();
        for (String source : sources) {
            services.append("com.example.").append(name(source)).append('\n');
        }
        services(classes, services.toString());
        return classes;
    }

    private Path compile(String... sources) throws IOException {
        Path target = Files.createTempDirectory(directory, "classes");
        Path sourceDirectory = Files.createTempDirectory(directory, "sources");
        List<String> arguments = new ArrayList<>(List.of(
                "-parameters",
                "-nowarn",
                "-proc:none",
                "-d",
                target.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (String source : sources) {
            Path file = sourceDirectory.resolve(name(source) + ".java");
            Files.writeString(file, source);
            arguments.add(file.toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return target;
    }

    private static String name(String source) {
        Matcher matcher = CLASS.matcher(source);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static void services(Path classes, String text) throws IOException {
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(classes.resolve(SERVICES), text);
    }

    private static SqlPlanner planner(Path classes) throws IOException {
        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, UserFunctionsTest.class.getClassLoader())) {
            return new SqlPlanner(UserFunctions.load(loader));
        }
    }
}
