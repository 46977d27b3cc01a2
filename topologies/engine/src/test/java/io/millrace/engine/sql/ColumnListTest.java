package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.apache.calcite.rel.type.RelDataType;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnListTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    boolean                        | BOOLEAN
                    INT NOT NULL                   | INTEGER NOT NULL
                    tinyint NULL                   | TINYINT
                    SMALLINT                       | SMALLINT
                    BIGINT                         | BIGINT
                    DECIMAL                        | DECIMAL(38, 0)
                    NUMERIC(10)                    | DECIMAL(10, 0)
                    DECIMAL(10, 2)                 | DECIMAL(10, 2)
                    REAL                           | REAL
                    FLOAT                          | FLOAT
                    DOUBLE PRECISION               | DOUBLE
                    STRING                         | VARCHAR
                    TEXT                           | VARCHAR
                    VARCHAR(20)                    | VARCHAR(20)
                    CHARACTER VARYING(20)          | VARCHAR(20)
                    CHAR(3)                        | CHAR(3)
                    BYTES                          | VARBINARY
                    BINARY(16)                     | BINARY(16)
                    VARBINARY(16)                  | VARBINARY(16)
                    UUID                           | UUID
                    DATE                           | DATE
                    TIME                           | TIME(3)
                    TIME(6) WITHOUT TIME ZONE      | TIME(6)
                    TIMESTAMP                      | TIMESTAMP(3)
                    TIMESTAMP(6)                   | TIMESTAMP(6)
                    TIMESTAMP(6) WITH LOCAL TIME ZONE | TIMESTAMP_WITH_LOCAL_TIME_ZONE(6)
                    TIMESTAMP WITH LOCAL TIME ZONE | TIMESTAMP_WITH_LOCAL_TIME_ZONE(3)
                    INTERVAL YEAR TO MONTH         | INTERVAL YEAR TO MONTH
                    INTERVAL DAY(3) TO SECOND(6)   | INTERVAL DAY(3) TO SECOND(6)
                    INTERVAL HOUR                  | INTERVAL HOUR
                    ARRAY<STRING>                  | VARCHAR ARRAY
                    STRING ARRAY NOT NULL          | VARCHAR ARRAY NOT NULL
                    INT ARRAY ARRAY                | INTEGER ARRAY ARRAY
                    ARRAY<INT NOT NULL>            | INTEGER NOT NULL ARRAY
                    MAP<STRING, INT>               | (VARCHAR NOT NULL, INTEGER) MAP
                    MAP<INT, ARRAY<INT>> NOT NULL  | (INTEGER NOT NULL, INTEGER ARRAY) MAP NOT NULL
                    ROW(a INT NOT NULL, "b c" STRING) | RecordType:peek_no_expand(INTEGER NOT NULL a, VARCHAR b c)
                    ROW<a ROW<b INT>> NOT NULL     | RecordType:peek_no_expand(RecordType:peek_no_expand(INTEGER b) a) NOT NULL
                    """)
    void shouldReadEveryType(String written, String type) {
        RelDataType columns = read("c " + written);
        assertThat(columns.getFieldList()
                        .get(0)
                        .getType()
                        .getFullTypeString()
                        .replace(" CHARACTER SET \"ISO-8859-1\"", "")
                        .replaceAll(" CHARACTER SET \"[^\"]*\" COLLATE \"[^\"]*\"", ""))
                .isEqualTo(type);
    }

    @Test
    void shouldReadNamesAsTheyAreWritten() {
        assertThat(read("id BIGINT NOT NULL,\n  \"order\" STRING , \"say \"\"a\"\"\" INT,größe_1$ DATE")
                        .getFieldNames())
                .containsExactly("id", "order", "say \"a\"", "größe_1$");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a INTT                  | p.yaml:3:3: Column 'a': 'INTT' is no type (types: BOOLEAN
                    a INT, b                | p.yaml:3:8: A column is written name TYPE [NOT NULL], not 'b' (for example
                    a INT,                  | p.yaml:3:7: A column is written name TYPE [NOT NULL], not ''
                    a INT, A INT            | p.yaml:3:8: Column 'A' is named twice
                    a INT b STRING          | p.yaml:3:7: Column 'a': 'b STRING' does not belong to a type (columns are
                    a DECIMAL(39, 2)        | p.yaml:3:11: Column 'a': The digits of a DECIMAL are a number from 1 to 38
                    a DECIMAL(10, 11)       | p.yaml:3:15: Column 'a': Of them, the digits after the point are a number from 0 to 10
                    a TIMESTAMP(7)          | p.yaml:3:13: Column 'a': The digits of the seconds of TIMESTAMP are a number from 0 to 6
                    a TIMESTAMP WITH TIME ZONE | p.yaml:3:3: Column 'a': TIMESTAMP with a time zone is no type (a point in time
                    a ARRAY                 | p.yaml:3:8: Column 'a': Here a '<' is missing (for example: ARRAY<STRING>
                    a ARRAY<INT             | p.yaml:3:12: Column 'a': Here a '>' is missing
                    a MAP<INT>              | p.yaml:3:10: Column 'a': A map has two types (for example: MAP<STRING, INT>
                    a ROW(b INT, B INT)     | p.yaml:3:14: Column 'a': Field 'B' is named twice
                    a ROW()                 | p.yaml:3:7: Column 'a': A field of a ROW is written name TYPE [NOT NULL]
                    a ROW(b INT>            | p.yaml:3:12: Column 'a': Here a ')' is missing
                    a INTERVAL              | p.yaml:3:11: Column 'a': An interval is one of YEAR
                    a INTERVAL YEAR TO DAY  | p.yaml:3:12: Column 'a': An interval goes from YEAR TO MONTH
                    a INTERVAL SECOND TO DAY | p.yaml:3:12: Column 'a': An interval goes from YEAR TO MONTH
                    a VARCHAR(0)            | p.yaml:3:11: Column 'a': The length of VARCHAR is a number from 1 to 65536
                    a VARCHAR(99999999999999999999) | p.yaml:3:11: Column 'a': The length of VARCHAR is a number from 1
                    a MULTISET<INT>         | p.yaml:3:3: Column 'a': 'MULTISET' is no type
                    """)
    void shouldPlaceWhatIsWrongWithAColumn(String columns, String problem) {
        assertThat(problems(columns)).singleElement().asString().startsWith(problem);
    }

    @Test
    void shouldReportEveryColumnThatIsWrongAndKeepTheOthers() {
        List<Problem> problems = new ArrayList<>();
        RelDataType columns = ColumnList.read(text("a INT,\nb ARRAY<FOO, c INT>,\n  d WHAT, e STRING"), problems);
        assertThat(columns.getFieldNames()).containsExactly("a", "e");
        assertThat(problems)
                .extracting(problem ->
                        problem.location().line() + ":" + problem.location().column())
                .containsExactly("4:9", "5:5");
    }

    @Test
    void shouldNestTypesToADepthOfThirtyTwo() {
        assertThat(read("a " + "ARRAY<".repeat(31) + "INT" + ">".repeat(31)).getFieldCount())
                .isOne();
        assertThat(read("a INT" + " ARRAY".repeat(31)).getFieldCount()).isOne();
        for (String deep : List.of(
                "ARRAY<".repeat(32) + "INT" + ">".repeat(32),
                "INT" + " ARRAY".repeat(32),
                "ROW(a ".repeat(100_000) + "INT",
                "MAP<INT,".repeat(100_000) + "INT")) {
            assertThat(problems("a " + deep)).singleElement().asString().contains("nested to a depth of 32");
        }
    }

    @Test
    void shouldReadTenThousandColumns() {
        String columns = IntStream.range(0, 10_000)
                .mapToObj(i -> "column_" + i + " DECIMAL(10, 2) NOT NULL")
                .collect(Collectors.joining(",\n"));
        Assertions.setMaxStackTraceElementsDisplayed(3);
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(read(columns).getFieldCount()).isEqualTo(10_000));
    }

    @Test
    void shouldComeToAnEndOfAnyText() {
        for (String hostile : List.of(" ", "a ", "a NOT NULL ", "(", "\"", "a b,", "<", "a INT NOT ", "\"a\" ")) {
            org.junit.jupiter.api.Assertions.assertTimeout(
                    Duration.ofSeconds(10), () -> ColumnList.read(text(hostile.repeat(200_000)), new ArrayList<>()));
        }
    }

    @Property(tries = 2000)
    void shouldReadAnyTextOrSayWhatIsWrong(
            @ForAll
                    @StringLength(max = 60)
                    @Chars({'a', 'I', 'N', 'T', ' ', ',', '(', ')', '<', '>', '"', '\n', 'R', 'O', 'W', '1'})
                    String columns) {
        List<Problem> problems = new ArrayList<>();
        assertThatCode(() -> ColumnList.read(text(columns), problems)).doesNotThrowAnyException();
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.location().line()).isBetween(3, 3 + 60);
            assertThat(problem.location().column()).isBetween(1, 62);
        });
    }

    private static RelDataType read(String columns) {
        List<Problem> problems = new ArrayList<>();
        RelDataType row = ColumnList.read(text(columns), problems);
        assertThat(problems).isEmpty();
        return row;
    }

    private static List<Problem> problems(String columns) {
        List<Problem> problems = new ArrayList<>();
        ColumnList.read(text(columns), problems);
        return problems;
    }

    /** A text that begins in the third line of its file. */
    private static Text text(String value) {
        return new Text(
                value,
                IntStream.rangeClosed(
                                0, (int) value.chars().filter(c -> c == '\n').count())
                        .mapToObj(line -> new Location("p.yaml", 3 + line, 1))
                        .toList());
    }
}
