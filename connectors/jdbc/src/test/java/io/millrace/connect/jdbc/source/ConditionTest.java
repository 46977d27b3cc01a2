package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.PostgresDialect;
import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Types;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a condition is read as, and the SQL that it becomes. */
final class ConditionTest {

    private static final Dialect POSTGRES = new PostgresDialect();
    private static final SourceColumns TABLE = new SourceColumns(
            new Table(
                    new TableName(null, "t"),
                    List.of(
                            column("n", "int4", Types.INTEGER),
                            column("d", "numeric", Types.NUMERIC),
                            column("f", "float8", Types.DOUBLE),
                            column("s", "text", Types.VARCHAR),
                            column("kind", "mood", Types.VARCHAR),
                            column("c", "bpchar", Types.CHAR),
                            column("b", "bool", Types.BIT),
                            column("day", "date", Types.DATE),
                            column("ts", "timestamp", Types.TIMESTAMP),
                            column("at", "timestamptz", Types.TIMESTAMP),
                            column("Odd \"one\" x", "text", Types.VARCHAR)),
                    List.of()),
            POSTGRES);

    private static TableColumn column(String name, String type, int jdbcType) {
        return new TableColumn(name, type, jdbcType, 10, 0, true, false);
    }

    private static String sql(String condition) {
        return new ConditionSql(TABLE, POSTGRES).of(ConditionParser.parse("where", condition));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            n = 1                                    | "n" = 1
            n != -1.50                               | "n" <> -1.50
            "n">=2 and D<3                           | ("n" >= 2 AND "d" < 3)
            n = 1 OR n = 2 AND b = TRUE              | ("n" = 1 OR ("n" = 2 AND "b" = TRUE))
            (n = 1 OR n = 2) AND b <> false          | (("n" = 1 OR "n" = 2) AND "b" <> FALSE)
            NOT (n < 1 OR s IS NULL)                 | ("n" >= 1 AND "s" IS NOT NULL)
            NOT NOT n > 1                            | "n" > 1
            NOT (n = 1 AND NOT s = 'a')              | ("n" <> 1 OR "s" = 'a')
            n BETWEEN 1 AND 3 AND s = 'x'            | (("n" >= 1 AND "n" <= 3) AND "s" = 'x')
            n NOT BETWEEN 1 AND 3                    | ("n" < 1 OR "n" > 3)
            n IN (1, 2)                              | ("n" = 1 OR "n" = 2)
            n NOT IN (1, 2)                          | ("n" <> 1 AND "n" <> 2)
            s IN ('a', 'it''s')                      | "s" IN ('a', 'it''s')
            s NOT IN ('a')                           | "s" COLLATE "C" NOT IN ('a')
            kind = 'sad'                             | CAST("kind" AS text) = 'sad'
            n = '5'                                  | CAST("n" AS text) = '5'
            "Odd ""one"" x" IS NOT NULL              | "Odd ""one"" x" IS NOT NULL
            f IS NULL                                | "f" IS NULL
            day > DATE '2024-02-29'                  | "day" > DATE '2024-02-29'
            ts < TIMESTAMP '2024-02-29 12:30:00'     | "ts" < TIMESTAMP '2024-02-29 12:30:00.000'
            ts <= TIMESTAMP '2024-02-29T12:30:00.5'  | "ts" < TIMESTAMP '2024-02-29 12:30:00.501'
            ts = TIMESTAMP '2024-02-29 12:30'        | ("ts" >= TIMESTAMP '2024-02-29 12:30:00.000' AND "ts" < TIMESTAMP '2024-02-29 12:30:00.001')
            at > TIMESTAMP '2024-02-29 23:59:59.999' | "at" >= TIMESTAMP WITH TIME ZONE '2024-03-01 00:00:00.000+00'
            """)
    void shouldBecomeSql(String condition, String expected) {
        assertThat(sql(condition)).isEqualTo(expected);
    }

    @Test
    void shouldAskForNothingWhenEmpty() {
        assertThat(sql("  ")).isEmpty();
    }

    @Test
    void shouldKeepABackslashWhateverTheServerMakesOfOne() {
        assertThat(sql("s = 'a\\b'")).isEqualTo("\"s\" = E'a\\\\b'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            n                            | at character 2: expected a comparison, IN, BETWEEN or IS NULL
            n = 1 AND                    | at character 10: expected a column's name
            n = 1 n = 2                  | at character 7: expected AND, OR or the end
            n = d                        | at character 5: expected a number
            n = 1; DROP TABLE t          | at character 6: expected AND, OR or the end
            n = 1 -- more                | at character 7: expected AND, OR or the end
            s = 'a                       | at character 5: expected a number
            (n = 1                       | at character 7: expected )
            n NOT = 1                    | at character 7: expected IN or BETWEEN
            n IN ()                      | at character 7: expected a number
            n = 1x                       | at character 5: expected a number
            day = DATE '2024-02-30'      | at character 12: expected a date
            ts = TIMESTAMP '2024-02-29'  | at character 16: expected a time
            ts = TIMESTAMP '2024-02-29 12:30:00.0005' | at character 16: expected a time
            """)
    void shouldSayWhereItCannotBeRead(String condition, String message) {
        assertThatThrownBy(() -> ConditionParser.parse("where", condition))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("configuration where")
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseNestingThatNoStackHolds() {
        assertThatThrownBy(() -> ConditionParser.parse("where", "(".repeat(100_000) + "n = 1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no more than 200 parentheses");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nn = 1               | Table t has no column 'nn', which where names
            f > 1                | Column 'f' of table t: where does not compare floating-point numbers
            s < 'b'              | Column 's' of table t: the order of texts is not the same everywhere
            c = 'b'              | Column 'c' of table t is of type bpchar, which where cannot compare with a text
            s = 1                | Column 's' of table t: it is of type text, which cannot be compared with numeric by =
            b > TRUE             | Column 'b' of table t: it is of type bool, which cannot be compared with bool by >
            """)
    void shouldNameTheColumnThatCannotBeCompared(String condition, String message) {
        assertThatThrownBy(() -> sql(condition))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining(message);
    }
}
