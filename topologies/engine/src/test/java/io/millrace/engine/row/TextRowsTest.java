package io.millrace.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import io.millrace.engine.sql.ColumnList;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of records in JSON and in CSV. */
final class TextRowsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    BOOLEAN        | true      | true
                    TINYINT        | -128      | -128
                    INT            | 12        | 12
                    INT            | 1e2       | 100
                    BIGINT         | 9223372036854775807 | 9223372036854775807
                    DECIMAL(38, 2) | 123456789012345678901234567890123456.78 | 123456789012345678901234567890123456.78
                    DECIMAL(5, 2)  | "12.5"    | 12.50
                    DECIMAL(5, 2)  | 1.5E1     | 15.00
                    DECIMAL(5, 2)  | 0E-1000000000 | 0.00
                    DOUBLE         | 0.1       | 0.1
                    DOUBLE         | "NaN"     | NaN
                    REAL           | 0.1       | 0.1
                    STRING         | "a\\u00e4" | aä
                    UUID           | "123e4567-e89b-12d3-a456-426655440000" | 123e4567-e89b-12d3-a456-426655440000
                    BYTES          | "AQI="    | 0102
                    DATE           | "2020-01-31" | 18292
                    DATE           | 18292     | 18292
                    TIME           | "10:00"   | 36000000
                    TIME(6)        | "10:00:00.000001" | 36000000001
                    TIME           | 36000000  | 36000000
                    TIMESTAMP      | "2020-01-31T10:00:00.123" | 1580464800123
                    TIMESTAMP      | "2020-01-31 10:00:00.123Z" | 1580464800123
                    TIMESTAMP      | "2020-01-31" | 1580428800000
                    TIMESTAMP      | 1580464800123 | 1580464800123
                    TIMESTAMP(0)   | 1580464800    | 1580464800000
                    TIMESTAMP(6)   | 1580464800123456 | 1580464800123456
                    TIMESTAMP(6)   | "1969-12-31T23:59:59.999999" | -1
                    TIMESTAMP WITH LOCAL TIME ZONE | "2020-01-31T12:00:00.123+02:00" | 1580464800123
                    INTERVAL YEAR TO MONTH | "P1Y2M"   | 14
                    INTERVAL DAY TO SECOND | "P1DT1.5S" | 86401500
                    """)
    void shouldReadValuesExactly(String type, String json, String expected) throws Exception {
        Object value = json(type, json);
        assertThat(value instanceof BigDecimal number ? number.toPlainString() : value.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    BOOLEAN        | 1         | a number is no BOOLEAN
                    BOOLEAN        | "yes"     | a text is no BOOLEAN
                    TINYINT        | 128       | 128 does not fit TINYINT
                    INT            | 1.5       | 1.5 does not fit INTEGER
                    INT            | "1"       | a text is no INTEGER
                    INT            | true      | true or false is no INTEGER
                    BIGINT         | 9223372036854775808 | 9223372036854775808 does not fit BIGINT
                    BIGINT         | 1E1000000000 | 1E+1000000000 does not fit BIGINT
                    DECIMAL(5, 2)  | 1.005     | 1.005 has more than the 2 digits after the point that DECIMAL(5, 2) holds
                    DECIMAL(5, 2)  | 1000      | 1000 has more than the 3 digits before the point that DECIMAL(5, 2) holds
                    DECIMAL(5, 2)  | 1E1000000000 | has more than the 3 digits before the point
                    DECIMAL(5, 2)  | 1E-1000000000 | has more than the 2 digits after the point
                    DECIMAL(5, 2)  | "x"       | 'x' is no DECIMAL(5, 2)
                    DOUBLE         | 9007199254740993 | 9007199254740993 is not exactly a DOUBLE
                    DOUBLE         | 1E400     | 1E400 is not exactly a DOUBLE
                    REAL           | 16777217  | 16777217 is not exactly a REAL
                    STRING         | 12        | a number is no VARCHAR
                    STRING         | {"a": 1}  | an object is no VARCHAR
                    STRING         | [1]       | an array is no VARCHAR
                    VARCHAR(3)     | "abcd"    | 'abcd' has 4 characters, more than VARCHAR(3) holds
                    CHAR(2)        | "a😀b"     | 'a😀b' has 3 characters, more than CHAR(2) holds
                    BINARY(2)      | "AQID"    | The binary has 3 bytes, more than BINARY(2) holds
                    MAP<VARCHAR(1), INT> | {"ab": 1} | 'ab' has 2 characters, more than VARCHAR(1) holds
                    UUID           | "1-2-3-4-5" | '1-2-3-4-5' is no UUID
                    BYTES          | "*"       | '*' is no VARBINARY
                    DATE           | "31.01.2020" | '31.01.2020' is no DATE
                    DATE           | "2020-02-30" | '2020-02-30' is no DATE
                    TIME           | "24:00"   | '24:00' is no TIME(3)
                    TIME           | 86400000  | 86400000 is no time of a day
                    TIMESTAMP      | "2020-01-31T10:00:00.1234" | is finer than TIMESTAMP(3)
                    TIMESTAMP      | "2020-01-31T10:00:00+02:00" | has a time zone of its own
                    TIMESTAMP      | 1.5       | a number with a fraction is no TIMESTAMP(3)
                    TIMESTAMP(2)   | 15        | 15 is a number, and could be of any unit for TIMESTAMP(2)
                    INTERVAL YEAR TO MONTH | "P1D" | 'P1D' is no INTERVAL YEAR TO MONTH
                    INTERVAL DAY TO SECOND | "PT0.0001S" | finer than the milliseconds
                    INTERVAL DAY TO SECOND | 5     | a number is no INTERVAL DAY TO SECOND
                    ARRAY<INT>     | {"a": 1}  | what is no array is no INTEGER ARRAY
                    MAP<INT, INT>  | {"x": 1}  | 'x' is no INTEGER
                    MAP<INT, INT>  | {"1": 1, "1.0": 1} | the key '1' is in the map twice
                    ROW(a INT)     | {"a": 1, "a": 1} | the key 'a' is there twice
                    ROW(a INT)     | {"a": 1, "A": 1} | Column 'c.a' is there twice, in other letters
                    ROW(a INT)     | 5         | what is no object is no row
                    """)
    void shouldRefuseWhatDoesNotFit(String type, String json, String message) {
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> json(type, json))
                        .isInstanceOf(RowDecodingException.class)
                        .hasMessageStartingWith("Column 'c")
                        .hasMessageContaining(message));
    }

    @Test
    void shouldReadNestedJson() throws Exception {
        Object value = json(
                "ROW(a INT NOT NULL, \"list\" ARRAY<ROW(n DECIMAL(3, 1))>, m MAP<DATE, ARRAY<STRING>>)",
                "{\"unknown\": {\"x\": [1, {}]}, \"A\": 1, \"list\": [{\"n\": 1.5}, null], \"m\": {\"2020-01-31\": [\"x\", null]}}");
        assertThat(SampleRows.comparable(value)).isEqualTo(SampleRows.comparable(new Object[] {
            1, Arrays.asList(new Object[] {new BigDecimal("1.5")}, null), Map.of(18_292, Arrays.asList("x", null))
        }));
    }

    @Test
    void shouldTakeWhatIsMissingForNull() throws Exception {
        RelDataType rowType = columns("a INT, b ROW(x INT NOT NULL), c INT NOT NULL");
        JsonRows rows = new JsonRows(rowType, column -> true);
        assertThat(rows.read(utf8("{\"c\": 1}"), 0).toArray()).containsExactly(null, null, 1);
        assertThatThrownBy(() -> rows.read(utf8("{\"c\": null}"), 0))
                .hasMessage("Column 'c' is NOT NULL, but its value is missing or null");
        assertThatThrownBy(() -> rows.read(utf8("{\"c\": 1, \"b\": {}}"), 0))
                .hasMessage("Column 'b.x' is NOT NULL, but its value is missing or null");
        assertThatThrownBy(() -> json("ARRAY<INT NOT NULL>", "[null]"))
                .hasMessage("Column 'c[]': it is NOT NULL, but its value is null");
        assertThat(new JsonRows(rowType, column -> column == 0)
                        .read(utf8("{\"c\": \"unread\", \"a\": 1}"), 0)
                        .toArray())
                .containsExactly(1, null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "[1]", "5", "{} {}", "{\"c\": }", "{\"c\": NaN}", "{'c': 1}", "{\"c\": 01}", "null"
            })
    void shouldRefuseWhatIsNoObject(String json) {
        assertThatThrownBy(() -> new JsonRows(columns("c INT"), column -> true).read(utf8(json), 0))
                .isInstanceOf(RowDecodingException.class);
    }

    @Test
    void shouldNotBreakOnNestingWithoutEnd() {
        assertThatThrownBy(() -> json("INT", "[".repeat(1_000_000))).isInstanceOf(RowDecodingException.class);
        assertThatThrownBy(() -> new JsonRows(columns("c INT"), column -> true)
                        .read(utf8("{\"other\": " + "[".repeat(1_000_000)), 0))
                .isInstanceOf(RowDecodingException.class);
        assertThatThrownBy(() -> json("DECIMAL(38, 0)", "1".repeat(1_000_000)))
                .isInstanceOf(RowDecodingException.class);
    }

    @Property(tries = 1000)
    void shouldReadTheJsonThatRowsAreShownAs(@ForAll Random random) throws RowDecodingException {
        RelDataType rowType = SampleRows.rowType(random);
        Object[] row = SampleRows.row(rowType, random);
        // Bytes are shown to people in hexadecimal.
        if (!rowType.toString().contains("VARBINARY")) {
            Object[] read = new JsonRows(rowType, column -> true)
                    .read(utf8(RowJson.write(rowType, Row.of(row))), 0)
                    .toArray();
            assertThat(SampleRows.comparable(read)).isEqualTo(SampleRows.comparable(row));
        }
    }

    @Property(tries = 500)
    void shouldReadTheCsvOfAnyValues(@ForAll Random random) throws RowDecodingException {
        RelDataType rowType = SampleRows.rowType(random);
        Object[] row = SampleRows.row(rowType, random);
        if (rowType.toString().contains("VARBINARY")) {
            return;
        }
        String csv = rowType.getFieldList().stream()
                .map(column -> csvField(column.getType(), row[column.getIndex()]))
                .collect(Collectors.joining(";"));
        Object[] read =
                new CsvRows(rowType, column -> true, ';').read(utf8(csv), 0).toArray();
        assertThat(SampleRows.comparable(read)).isEqualTo(SampleRows.comparable(row));
    }

    private static String csvField(RelDataType type, Object value) {
        if (value == null) {
            return "";
        }
        boolean isNested =
                List.of(SqlTypeName.ARRAY, SqlTypeName.MAP, SqlTypeName.ROW).contains(type.getSqlTypeName());
        String text;
        if (isNested) {
            RelDataType holder = io.millrace.engine.sql.SqlDialect.types()
                    .builder()
                    .add("v", type)
                    .build();
            String json = RowJson.write(holder, Row.of(value));
            text = json.substring("{\"v\": ".length(), json.length() - 1);
        } else {
            text = TextValues.format(value, type);
        }
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    @Test
    void shouldReadTheFieldsOfCsvInOrder() throws Exception {
        CsvRows rows = new CsvRows(
                columns("id BIGINT NOT NULL, name STRING, amount DECIMAL(9, 2), tags ARRAY<STRING>, b BYTES"),
                column -> true,
                ',');
        assertThat(rows.read(utf8("1,\"a, \"\"b\"\"\nc\",12.5,\"[\"\"x\"\"]\",AQI="), 0)
                        .toArray())
                .containsExactly(
                        1L, "a, \"b\"\nc", new BigDecimal("12.50"), List.of("x"), new ByteString(new byte[] {1, 2}));
        assertThat(rows.read(utf8("1,,,,"), 0).toArray()).containsExactly(1L, null, null, null, null);
        assertThat(rows.read(utf8("1,\"\",,,"), 0).toArray()).containsExactly(1L, "", null, null, null);
        assertThat(rows.read(utf8("1, a ,,,\r\n"), 0).toArray()).containsExactly(1L, " a ", null, null, null);
        for (String[] bad : new String[][] {
            {",a,,,", "Column 'id' is NOT NULL, but its value is missing or null"},
            {"x,a,,,", "Column 'id': 'x' is no BIGINT"},
            {"1,a,1.005,,", "Column 'amount': 1.005 has more than the 2 digits after the point"},
            {"1,a,,[1],", "Column 'tags[]': a number is no VARCHAR"},
            {"1,a,,\"[\"\"x\"\"\",", "is no JSON"},
            {"1,a", "The record has 2 fields instead of 5"},
            {"1,a,,,,", "The record has 6 fields instead of 5"},
            {"1,\"a,,,", "The record is no CSV"},
            {"1,a,,,\n2,b,,,", "The record holds more than one record of CSV"},
        }) {
            assertThatThrownBy(() -> rows.read(utf8(bad[0]), 0))
                    .as(bad[0])
                    .isInstanceOf(RowDecodingException.class)
                    .hasMessageContaining(bad[1]);
        }
        assertThatThrownBy(() -> rows.read(new byte[] {'1', ',', (byte) 0xC3, ',', ',', ','}, 0))
                .hasMessage("The bytes are no text in UTF-8");
    }

    @Property(tries = 500)
    void shouldReadAnyBytesOrRefuseThem(@ForAll byte[] bytes) {
        RelDataType rowType = columns("a INT, b STRING, c ROW(x DECIMAL(5, 2))");
        assertThatCode(() -> {
                    try {
                        new JsonRows(rowType, column -> true).read(bytes, 0);
                    } catch (RowDecodingException e) {
                        assertThat(e).hasMessageMatching("(?s).+");
                    }
                    try {
                        new CsvRows(rowType, column -> true, ',').read(bytes, 0);
                    } catch (RowDecodingException e) {
                        assertThat(e).hasMessageMatching("(?s).+");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void shouldShowRowsToPeople() {
        RelDataType rowType = columns(
                "t TIMESTAMP(6), d DECIMAL(5, 2), r ROW(\"say \"\"x\"\"\" STRING, n DOUBLE), m MAP<INT,"
                        + " DATE>, l ARRAY<INT>, y INTERVAL YEAR TO MONTH, s INTERVAL DAY TO SECOND, u UUID, b BYTES, f REAL");
        Object[] row = {
            1L,
            new BigDecimal("1.50"),
            new Object[] {"a\"\n", Double.NaN},
            Map.of(1, 0),
            Arrays.asList(1, null),
            14,
            90_061_001L,
            new UUID(0, 1),
            new ByteString(new byte[] {10}),
            0.1f
        };
        assertThat(RowJson.write(rowType, Row.of(row)))
                .isEqualTo(
                        "{\"t\": \"1970-01-01T00:00:00.000001\", \"d\": \"1.50\", \"r\": {\"say \\\"x\\\"\": \"a\\\"\\n\","
                                + " \"n\": \"NaN\"}, \"m\": {\"1\": \"1970-01-01\"}, \"l\": [1, null], \"y\": \"P1Y2M\", \"s\":"
                                + " \"PT25H1M1.001S\", \"u\": \"00000000-0000-0000-0000-000000000001\", \"b\": \"0a\", \"f\": 0.1}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Object json(String type, String value) throws RowDecodingException {
        return new JsonRows(columns("c " + type), column -> true)
                .read(utf8("{\"c\": " + value + "}"), 0)
                .get(0);
    }

    private static RelDataType columns(String text) {
        List<Problem> problems = new ArrayList<>();
        RelDataType columns = ColumnList.read(new Text(text, List.of(new Location("p.yaml", 1, 1))), problems);
        assertThat(problems).isEmpty();
        return columns;
    }
}
