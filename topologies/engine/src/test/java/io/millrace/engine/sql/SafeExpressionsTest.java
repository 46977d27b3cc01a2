package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeExpressionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i + 1",
                "-2 - i",
                "i * 2",
                "l + 1",
                "l * 2",
                "-2 - l",
                "b + b",
                "h + h",
                "-CAST('-128' AS TINYINT)",
                "-CAST('-9223372036854775808' AS BIGINT)",
                "CAST('-2147483648' AS INTEGER) / CAST('-1' AS INTEGER)",
                "ABS(CAST('-128' AS TINYINT))",
                "ABS(CAST('-32768' AS SMALLINT))",
                "ABS(CAST('-2147483648' AS INTEGER))",
                "ABS(CAST('-9223372036854775808' AS BIGINT))",
                "CAST(i AS TINYINT)",
                "CAST(h AS TINYINT)",
                "CAST(l AS INTEGER)",
                "CAST(d * 1e30 AS BIGINT)",
                "CAST(d * 4e18 AS BIGINT)",
                "CAST('NaN' AS DOUBLE) + CAST(CAST('NaN' AS DOUBLE) AS INTEGER)",
                "CAST(m + 115.2 AS TINYINT)",
                "CAST(d * 51 AS TINYINT)",
                "CAST('1e309' AS DOUBLE)",
                "CAST('1e39' AS REAL)",
                "CAST('99.95' AS DECIMAL(3, 1))",
                "CAST(d * 40 AS DECIMAL(3, 1))",
                "ROUND(i, -1)",
                "ROUND(l, -1)",
                "CAST(m * 100 AS DECIMAL(3, 1))",
                "m * 1000000000000000000000000000000000000",
                "TIMESTAMP_SECONDS(l)",
                "7 / z",
                "d / z",
                "m / z",
                "MOD(7, z)",
                "d % z"
            })
    void shouldFailRatherThanGiveAWrongNumber(String expression) {
        assertThatThrownBy(() -> Evaluation.of(expression)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST(s AS TINYINT)",
                "CAST(s AS SMALLINT)",
                "CAST(s AS INTEGER)",
                "CAST(s AS BIGINT)",
                "CAST(s AS DECIMAL(10, 2))",
                "CAST(s AS DOUBLE)",
                "CAST(s AS DATE)",
                "CAST(s AS TIME)",
                "CAST(s AS TIMESTAMP)",
                "CAST(s AS TIMESTAMP WITH LOCAL TIME ZONE)",
                "CAST('2021-02-29' AS DATE)",
                "CAST('1.9' AS INTEGER)"
            })
    void shouldNotMakeAValueOfATextThatIsNone(String expression) {
        assertThatThrownBy(() -> Evaluation.of(expression)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldGiveNullForWhatCannotBeCastIfTried() {
        assertThat(Evaluation.of("TRY_CAST(s AS DOUBLE)")).isEqualTo("NULL");
        assertThat(Evaluation.of("TRY_CAST(d * 1000 AS TINYINT)")).isEqualTo("NULL");
        assertThat(Evaluation.of("TRY_CAST(m AS DECIMAL(2, 1))")).isEqualTo("NULL");
        assertThat(Evaluation.of("TRY_CAST(s AS TIME)")).isEqualTo("NULL");
        assertThat(Evaluation.of("TRY_CAST('7' AS TIMESTAMP)")).isEqualTo("NULL");
        assertThat(Evaluation.of("TRY_CAST(n AS INTEGER)")).isEqualTo("NULL");
        assertThat(Evaluation.of("TRY_CAST(d AS SMALLINT)")).isEqualTo("2");
        assertThat(Evaluation.of("TRY_CAST(m + 0.5 AS INTEGER)")).isEqualTo("13");
    }

    @Test
    void shouldComputeACastOfALiteralAsThatOfAColumn() {
        assertThat(Evaluation.of("CAST(2.5e0 AS INTEGER)")).isEqualTo(Evaluation.of("CAST(d AS INTEGER)"));
        assertThat(Evaluation.of("CAST(2.5 AS INTEGER)"))
                .isEqualTo(Evaluation.of("CAST(CAST(d AS DECIMAL(2, 1)) AS INTEGER)"));
        assertThat(Evaluation.of("CAST('-0' AS DOUBLE) = 0")).isEqualTo("true");
        assertThat(Evaluation.of("CAST('text' AS VARCHAR(2))")).isEqualTo(Evaluation.of("CAST(s AS VARCHAR(2))"));
    }

    @Test
    void shouldCutAndPadTextsToTheLengthOfTheirCast() {
        assertThat(Evaluation.of("CAST(CAST(s AS VARCHAR(2)) AS VARCHAR)")).isEqualTo("'te'");
        assertThat(Evaluation.of("CAST(CAST(s AS CHAR(2)) AS CHAR(4)) || '|'")).isEqualTo("'te  |'");
        assertThat(Evaluation.of("CAST(m AS VARCHAR(4))")).isEqualTo("'12.3'");
        assertThat(Evaluation.of("CAST(X'010203' AS VARBINARY(2))")).isEqualTo("X'0102'");
    }

    @Test
    void shouldGiveARoundedDecimalTheDigitsThatItNeeds() {
        assertThat(Evaluation.of("ROUND(9.5)")).isEqualTo("10");
        assertThat(Evaluation.of("ROUND(m, 1)")).isEqualTo("12.3");
        assertThat(Evaluation.of("ROUND(m, z)")).isEqualTo("12.00");
        assertThat(Evaluation.of("ROUND(m, -1)")).isEqualTo("10");
        assertThat(Evaluation.of("TRUNCATE(m, 1)")).isEqualTo("12.3");
    }

    @Test
    void shouldShiftByABigintAsByAnInteger() {
        for (String value : List.of("i", "l", "z", "-1", "CAST(-5 AS BIGINT)", "X'0102'", "X''")) {
            for (int by : List.of(0, 1, 8, 31, 32, 33, 63, 64, -1, -32, -64, -65)) {
                String expected = Evaluation.of(value + " << CAST(" + by + " AS INTEGER)");
                assertThat(Evaluation.of(value + " << CAST(" + by + " AS BIGINT)"))
                        .isEqualTo(expected);
                assertThat(Evaluation.of("LEFTSHIFT(" + value + ", CAST(" + by + " AS BIGINT))"))
                        .isEqualTo(expected);
            }
        }
        assertThat(Evaluation.of("1 << (l - 62)")).isEqualTo("2");
        assertThat(Evaluation.of("1 << CAST(n AS BIGINT)")).isEqualTo("NULL");
    }

    @ParameterizedTest
    @CsvSource({
        "'CAST(i AS TINYINT UNSIGNED)', TINYINT UNSIGNED, SMALLINT",
        "'TRY_CAST(s AS SMALLINT UNSIGNED)', SMALLINT UNSIGNED, INTEGER",
        "'CAST(i AS UNSIGNED)', INTEGER UNSIGNED, BIGINT",
        "'CAST(NULL AS INTEGER UNSIGNED ARRAY)', INTEGER UNSIGNED, BIGINT",
        "'CAST(NULL AS ROW(a MAP<VARCHAR, BIGINT UNSIGNED>))', BIGINT UNSIGNED, 'DECIMAL(20, 0)'"
    })
    void shouldRefuseATypeWithoutASign(String expression, String type, String instead) {
        assertThatThrownBy(() -> Evaluation.of(expression))
                .hasMessageMatching("\\[test:1:[1-9]\\d: There is no " + type + " here: use " + Pattern.quote(instead)
                        + ", which holds all of its numbers\\]");
    }

    @Test
    void shouldShowTheTextThatIsNoNumber() {
        assertThatThrownBy(() -> Evaluation.of("CAST(s AS INTEGER)")).hasMessage("'text' is not a value of INTEGER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REPEAT('ab', 2000000000)",
                "SPACE(2000000000)",
                "LPAD('a', 2000000000)",
                "RPAD('a', 2000000000, 'xy')",
                "ARRAY_REPEAT(1, 2000000000)",
                "REPLACE(REPEAT('a', 1000000), 'a', REPEAT('b', 1000))",
                "REGEXP_REPLACE(REPEAT('a', 100000), 'a', REPEAT('b', 1000))",
                "REPEAT('a', 10000000) || REPEAT('a', 10000000)",
                "ARRAY_JOIN(ARRAY_REPEAT(REPEAT('a', 1000), 1000000), ',')",
                "ROUND(m, 1000000000)",
                "CAST('1e999999999' AS DECIMAL(10, 2))",
                "'a' RLIKE '((a{1000}){1000}){1000}'",
                "FORMAT_NUMBER(d, 2000000000)",
                "FORMAT_NUMBER(d, REPEAT('0', 10000000))",
                "FORMAT_DATE(REPEAT('%Y', 1000000), DATE '2020-01-01')",
                "TO_CHAR(TIMESTAMP '2020-01-01 00:00:00', REPEAT('YYYY', 1000000))",
                "LEVENSHTEIN(REPEAT('a', 200000), REPEAT('b', 200000))",
                "TRANSLATE(REPEAT('a', 100000), REPEAT('b', 100000), 'x')",
                "POSITION(RPAD('', 4000000, 'a') IN REPEAT('a', 8000000))",
                "STRPOS(REPEAT('a', 8000000), REPEAT('a', 4000000) || 'b')",
                "REPLACE(REPEAT('a', 8000000), REPEAT('a', 4000000) || 'b', '')",
                "SPLIT(REPEAT('a', 8000000), REPEAT('a', 4000000) || 'b')",
                "ARRAY_INSERT(ARRAY[1], 2000000000, 5)",
                "ARRAY_INSERT(ARRAY[1], -2000000000, 5)",
                "TO_HEX(CAST(REPEAT('a', 10000000) AS VARBINARY))",
                "URL_ENCODE(REPEAT('é', 10000000))",
                "TO_CODE_POINTS(REPEAT('a', 2000000))",
                "JSON_QUERY(REPEAT('[', 900) || REPEAT(']', 900), '$..*..*..*')",
                "JSON_QUERY(REPEAT('[', 900) || REPEAT(']', 900), '$' || REPEAT('[0,0]', 60))",
                "JSON_VALUE('{\"a\": 1}', '$' || REPEAT('.a', 100000))"
            })
    void shouldRefuseAResultWithoutBounds(String expression) {
        assertThatThrownBy(() -> Evaluation.of(expression))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(REPEAT('a', 2000) || '!') RLIKE '^a*a*a*a*a*a*a*$'",
                "(REPEAT('a', 2000) || '!') SIMILAR TO 'a*a*a*a*a*a*a*'",
                "REGEXP_REPLACE(REPEAT('a', 2000) || '!', '^a*a*a*a*a*a*a*$', '')",
                "REGEXP_EXTRACT(REPEAT('a', 2000) || '!', '^a*a*a*a*a*a*a*$')",
                "REGEXP_INSTR(REPEAT('a', 2000) || '!', '^a*a*a*a*a*a*a*$')",
                "REGEXP_CONTAINS(REPEAT('a', 2000) || '!', '^a*a*a*a*a*a*a*$')",
                "REGEXP_LIKE(REPEAT('a', 2000) || '!', '^a*a*a*a*a*a*a*$', 'i')"
            })
    void shouldGiveUpARegularExpressionThatTakesForever(String expression) {
        assertThatThrownBy(() -> Evaluation.of(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes too long");
    }

    @Test
    void shouldMatchManyPercentSignsInBoundedTime() {
        assertThat(Evaluation.of("REPEAT('a', 10000) LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%b'"))
                .isEqualTo("false");
    }

    @Test
    void shouldNotOverflowTheStackOverALongText() {
        assertThatThrownBy(() -> Evaluation.of("REPEAT('ab', 1000000) RLIKE '^(a|b)*$'"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RAND()",
                "RANDOM()",
                "RAND_INTEGER(3)",
                "USER",
                "CURRENT_USER",
                "SESSION_USER",
                "SYSTEM_USER",
                "CURRENT_ROLE",
                "CURRENT_PATH",
                "CURRENT_CATALOG",
                "CURRENT_SCHEMA",
                "EXTRACTVALUE('<a/>', '//a')"
            })
    void shouldRefuseWhatAnswersFromOutsideTheRow(String expression) {
        assertThatThrownBy(() -> Evaluation.of(expression))
                .isInstanceOf(Evaluation.Refused.class)
                .hasMessageContaining("test:1:8: " + expression.replaceAll("\\(.*", "") + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{fn RAND()}", "{fn USER()}", "{fn DATABASE()}"})
    void shouldRefuseItUnderTheNameThatJdbcGivesIt(String expression) {
        assertThatThrownBy(() -> Evaluation.of(expression))
                .isInstanceOf(Evaluation.Refused.class)
                .hasMessageContaining("test:1:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARRAY_JOIN(NULL, '-')",
                "ARRAY_REPEAT(i, NULL)",
                "REGEXP_LIKE(NULL, s, 'n')",
                "REGEXP_REPLACE(s, NULL, 'x')",
                "REPEAT(s, NULL)"
            })
    void shouldGiveNullForANullThatIsWritten(String expression) {
        assertThat(Evaluation.of(expression)).isEqualTo("NULL");
    }

    @Test
    void shouldCountTheUnitOfAnIntervalOnce() {
        assertThat(Evaluation.of("DATE '2020-02-28' + CAST(z + 2 AS INTERVAL DAY)"))
                .isEqualTo("2020-03-01");
        assertThat(Evaluation.of("DATE '2020-02-28' + CAST(z + 1 AS INTERVAL YEAR)"))
                .isEqualTo("2021-02-28");
        assertThat(Evaluation.of("DATE '2020-02-28' + CAST(m * z - 1.5 AS INTERVAL DAY)"))
                .isEqualTo("2020-02-26");
        assertThatThrownBy(() -> Evaluation.of("CAST(l AS INTERVAL DAY)")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldTakeADelimiterAsItIsWritten() {
        assertThat(Evaluation.of("SPLIT('a,b')")).isEqualTo("['a', 'b']");
        assertThat(Evaluation.of("STRING_TO_ARRAY('a.b|c', '.')")).isEqualTo("['a', 'b|c']");
        assertThat(Evaluation.of("STR_TO_MAP('a|1;b|2', ';', '|')")).isEqualTo("{'a'='1', 'b'='2'}");
        assertThat(Evaluation.of("STR_TO_MAP(REPEAT('a', 40) || 'x', '(a+)+b', ':')['a']"))
                .isEqualTo("NULL");
    }

    @Test
    void shouldRefuseARegularExpressionWithinAJsonPath() {
        assertThatThrownBy(() -> Evaluation.of("JSON_VALUE('{\"a\": \"x\"}', '$[?(@.a =~ /(a+)+$/)]')"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldLookUpALongInByHashAndMeanTheSame() {
        String values = "(0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 127)";
        assertThat(Evaluation.of("z IN " + values)).isEqualTo("true");
        assertThat(Evaluation.of("b IN " + values)).isEqualTo("true");
        assertThat(Evaluation.of("i IN " + values)).isEqualTo("false");
        assertThat(Evaluation.of("i NOT IN " + values)).isEqualTo("true");
        assertThat(Evaluation.of("z NOT IN " + values)).isEqualTo("false");
        String texts = "('a','b','c','d','e','f','g','h','i','j','k','l','m','n','o','p','q','text')";
        assertThat(Evaluation.of("s IN " + texts)).isEqualTo("true");
        assertThat(Evaluation.of("s NOT IN " + texts)).isEqualTo("false");
        assertThat(Evaluation.of("n IN " + texts)).isEqualTo("NULL");
        assertThat(Evaluation.of("n NOT IN " + texts)).isEqualTo("NULL");
    }

    @Test
    void shouldKeepWhatStandsBesideALongIn() {
        String unequal = java.util.stream.IntStream.range(1, 30)
                .mapToObj(i -> "z <> " + i)
                .collect(java.util.stream.Collectors.joining(" AND "));
        assertThat(Evaluation.of("(" + unequal + ") AND CHAR_LENGTH(s) = 4")).isEqualTo("true");
        assertThat(Evaluation.of("(" + unequal + ") AND CHAR_LENGTH(s) = 5")).isEqualTo("false");
        assertThat(Evaluation.of("i = 3 OR NOT (" + unequal + ")")).isEqualTo("false");
        assertThat(Evaluation.of("z = 0 OR NOT (" + unequal + ")")).isEqualTo("true");
    }
}
