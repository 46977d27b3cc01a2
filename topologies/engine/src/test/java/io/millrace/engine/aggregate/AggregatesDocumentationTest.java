package io.millrace.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.sql.AggregateQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/sql-aggregates.md} names the functions there are, and what it says of their types and memory is so. */
final class AggregatesDocumentationTest {

    private static final Pattern NAME = Pattern.compile("`\"?([A-Z_0-9]+)\"?\\(");

    /** Names that no query writes: what Calcite makes of others, or what GROUP BY itself gives. */
    private static final Set<String> NOT_WRITTEN = Set.of("$SUM0", "$HISTOGRAM", "GROUPING", "GROUPING_ID", "GROUP_ID");

    private static final Set<String> NOT_THERE =
            Set.of("JSON_ARRAYAGG_ABSENT_ON_NULL", "JSON_OBJECTAGG_NULL_ON_NULL", "FUSION", "INTERSECTION");

    /** A function of the table: its name, a call of it, and the rest of its line. */
    private record Documented(String name, String call, String type, String overFacts, String overChanges) {

        @Override
        public String toString() {
            return call;
        }
    }

    static List<Documented> functions() throws IOException {
        List<Documented> functions = new ArrayList<>();
        for (String line : Files.readAllLines(document())) {
            if (line.startsWith("| `")) {
                String[] cells = line.substring(1).split("\\|");
                Matcher names = NAME.matcher(cells[0]);
                while (names.find()) {
                    String name = names.group(1);
                    boolean isDistinct = cells[0].contains("DISTINCT x");
                    functions.add(new Documented(
                            name, call(name, isDistinct), cells[2].strip(), cells[3].strip(), cells[4].strip()));
                }
            }
        }
        return functions;
    }

    private static Path document() {
        return Path.of("../../docs/sql-aggregates.md");
    }

    private static String call(String name, boolean isDistinct) {
        return name
                + switch (name) {
                    case "COUNTIF", "BOOL_AND", "LOGICAL_AND", "EVERY", "BOOL_OR", "LOGICAL_OR", "SOME" -> "(b)";
                    case "COVAR_POP",
                            "COVAR_SAMP",
                            "CORR",
                            "REGR_COUNT",
                            "REGR_SXX",
                            "REGR_SYY",
                            "REGR_SXY",
                            "REGR_AVGX",
                            "REGR_AVGY",
                            "REGR_SLOPE",
                            "REGR_INTERCEPT",
                            "REGR_R2",
                            "MIN_BY",
                            "ARG_MIN",
                            "MAX_BY",
                            "ARG_MAX" -> "(i, l)";
                    case "FIRST_VALUE", "LAST_VALUE" -> "(i) WITHIN GROUP (ORDER BY ts)";
                    case "ARRAY_CONCAT_AGG" -> "(a)";
                    case "LISTAGG", "STRING_AGG" -> "(s, '-')";
                    case "GROUP_CONCAT" -> "(s SEPARATOR '-')";
                    case "PERCENTILE_DISC", "PERCENTILE_CONT" -> "(0.5) WITHIN GROUP (ORDER BY i)";
                    case "APPROX_PERCENTILE" -> "(i, 0.5)";
                    case "APPROX_QUANTILES", "APPROX_TOP_COUNT" -> "(i, 3)";
                    case "COUNT" -> isDistinct ? "(DISTINCT i)" : "(i)";
                    default -> "(i)";
                };
    }

    @Test
    void shouldNameEveryFunction() throws IOException {
        // Given the functions that Calcite and the engine know, and those that Calcite's parser knows
        Set<String> known = new TreeSet<>(AggregateQuery.functionNames());
        for (SqlOperator operator : AggregateOperators.LIST) {
            assertThat(known).contains(operator.getName());
        }

        // When those are left out that no query can have
        known.removeAll(NOT_WRITTEN);
        known.removeAll(NOT_THERE);

        // Then the table has all of the others and no more
        Set<String> documented = new LinkedHashSet<>();
        functions().forEach(function -> documented.add(function.name()));
        assertThat(documented).containsExactlyInAnyOrderElementsOf(known);
        String text = Files.readString(document());
        NOT_THERE.forEach(name -> assertThat(text).contains(name.replaceAll("(JSON_[A-Z]+)_.*", "$1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void shouldBeTrueOfEachFunction(Documented function) {
        // Given a call of the function
        AggregateQuery query = AggregateQuery.of(function.call(), Table.ROW);

        // When it is compiled, over facts and over changes
        Fold facts = new Fold(query, false);
        Fold changes = new Fold(query, true);

        // Then it keeps values where the table says so, and its type is what it says
        assertThat(facts.keepsValues()).isEqualTo(function.overFacts().equals("all values"));
        assertThat(changes.keepsValues()).isEqualTo(function.overChanges().equals("all values"));
        RelDataType type = query.calls().get(0).getType();
        if (function.type().equals("as `x`")) {
            assertThat(type.getSqlTypeName().getName())
                    .isEqualTo(
                            function.name().equals("ARRAY_CONCAT_AGG")
                                    ? "ARRAY"
                                    : function.call().contains("(b)") ? "BOOLEAN" : "INTEGER");
        } else if (function.type().startsWith("array")) {
            assertThat(type.getSqlTypeName().getName()).isEqualTo("ARRAY");
        } else if (function.type().startsWith("multiset")) {
            assertThat(type.getSqlTypeName().getName()).isEqualTo("MULTISET");
        } else if (function.type().startsWith("as AVG")) {
            assertThat(type.getSqlTypeName().getName()).isEqualTo("DOUBLE");
        } else {
            assertThat(function.type()).startsWith('`' + type.getSqlTypeName().getName() + '`');
        }
    }

    @ParameterizedTest(name = "{0}")
    @org.junit.jupiter.params.provider.ValueSource(strings = {"JSON_ARRAYAGG(i)", "JSON_OBJECTAGG(s: i)"})
    void shouldRefuseWhatIsNotThere(String call) {
        assertThatThrownBy(() -> Fold.of(call, false)).isInstanceOf(UnsupportedOperationException.class);
    }
}
