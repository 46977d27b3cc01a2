package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON paths that find any number of values, as PostgreSQL has them. */
final class JsonFunctionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 2, {\"a\": [3]}] | $[*] | [1,2,{\"a\":[3]}]",
                "[1, 2, {\"a\": [3]}] | strict $[*] | [1,2,{\"a\":[3]}]",
                "[1, 2, {\"a\": [3]}] | $[0] | [1]",
                "[1, 2, {\"a\": [3]}] | $ | [[1,2,{\"a\":[3]}]]",
                "[1, 2, {\"a\": [3]}] | $..a | [[3]]",
                "[1, 2, {\"a\": [3]}] | $[0,1] | [1,2]",
                "[1, 2, {\"a\": [3]}] | $[0:2] | [1,2]",
                "[1, 2, {\"a\": [3]}] | $[?(@.a)] | [{\"a\":[3]}]",
                "{\"a\": [1], \"b*\": [2]} | $.* | [[1],[2]]",
                "{\"a\": [1], \"b*\": [2]} | $['b*'] | [[2]]",
                "{\"a,b:c..d\": [2]} | lax $['a,b:c..d'] | [[2]]",
                "[1, 2] | $.max() | [2.0]",
                "[1, null] | $[1] | [null]",
                "[null] | $[*] | [null]"
            })
    void shouldWrapWhatAPathFindsOnce(String json, String path, String expected) {
        assertThat(Evaluation.of("JSON_QUERY('" + json + "', '" + path.replace("'", "''") + "' WITH WRAPPER)"))
                .isEqualTo("'" + expected + "'");
    }

    @Test
    void shouldWrapConditionallyWhatIsSeveralOrAScalar() {
        assertThat(Evaluation.of("JSON_QUERY('[1, [2]]', '$[*]' WITH CONDITIONAL WRAPPER)"))
                .isEqualTo("'[1,[2]]'");
        assertThat(Evaluation.of("JSON_QUERY('[[2]]', '$[*]' WITH CONDITIONAL WRAPPER)"))
                .isEqualTo("'[2]'");
        assertThat(Evaluation.of("JSON_QUERY('[{\"a\": 1}]', '$[0]' WITH CONDITIONAL WRAPPER)"))
                .isEqualTo("'{\"a\":1}'");
        assertThat(Evaluation.of("JSON_QUERY('[2]', '$[*]' WITH CONDITIONAL WRAPPER)"))
                .isEqualTo("'[2]'");
    }

    @Test
    void shouldTellNothingFromOneAndFromSeveral() {
        assertThat(Evaluation.of("JSON_QUERY('[]', '$[*]' WITH WRAPPER EMPTY OBJECT ON EMPTY)"))
                .isEqualTo("'{}'");
        assertThat(Evaluation.of("JSON_EXISTS('[]', '$[*]')")).isEqualTo("false");
        assertThat(Evaluation.of("JSON_EXISTS('[1]', '$[*]')")).isEqualTo("true");
        assertThat(Evaluation.of("JSON_EXISTS('[null]', '$[*]')")).isEqualTo("true");
        assertThat(Evaluation.of("JSON_VALUE('[7]', '$[*]')")).isEqualTo("'7'");
        assertThat(Evaluation.of("JSON_VALUE('[]', '$[*]' DEFAULT 'none' ON EMPTY)"))
                .isEqualTo("'none'");
        assertThat(Evaluation.of("JSON_QUERY('[[7]]', '$[*]')")).isEqualTo("'[7]'");
        assertThatThrownBy(() -> Evaluation.of("JSON_QUERY('[[7], [8]]', '$[*]' ERROR ON ERROR)"))
                .hasMessageContaining("use WITH WRAPPER");
        assertThatThrownBy(() -> Evaluation.of("JSON_VALUE('[7, 8]', '$[*]' ERROR ON ERROR)"))
                .hasMessageContaining("use JSON_QUERY WITH WRAPPER");
    }
}
