package io.millrace.connect.s3.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.common.Columns;
import io.millrace.connect.common.RowShape;
import io.millrace.connect.s3.store.BrokenTransferException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectReaderTest {

    private String columns = "id INT NOT NULL, name STRING, price DECIMAL(6, 2)";
    private char separator = ',';
    private boolean hasHeader = true;
    private int lineMaxBytes = 1000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BOOLEAN|true|true",
                "BOOLEAN|1|column 'c': '1' is not a BOOLEAN",
                "BOOLEAN|\"true\"|column 'c': the text \"true\" is not a BOOLEAN",
                "TINYINT|-128|-128",
                "TINYINT|128|column 'c': '128' is not a TINYINT",
                "INT|2147483647|2147483647",
                "INT|2147483648|column 'c': '2147483648' is not a INT",
                "INT|1.0|1",
                "INT|2e3|2000",
                "INT|1.5|column 'c': '1.5' is not a INT",
                "INT|1e999999999|column 'c': '1e999999999' is not a INT",
                "INT|\"1\"|column 'c': the text \"1\" is not a INT",
                "BIGINT|9223372036854775807|9223372036854775807",
                "BIGINT|9223372036854775808|column 'c': '9223372036854775808' is not a BIGINT",
                "DOUBLE|0.1|0.1",
                "DOUBLE|7|7.0",
                "DOUBLE|1e400|column 'c': '1e400' is not a DOUBLE",
                "REAL|1e39|column 'c': '1e39' is not a REAL",
                "DOUBLE|\"1\"|column 'c': the text \"1\" is not a DOUBLE",
                "DECIMAL(30, 20)|1234567890.12345678901234567890|1234567890.12345678901234567890",
                "DECIMAL(5, 2)|\"1.5\"|1.50",
                "DECIMAL(5, 2)|1.555|column 'c': '1.555' is not a DECIMAL(5, 2)",
                "DECIMAL(5, 2)|1e999999999|column 'c': '1e999999999' is not a DECIMAL(5, 2)",
                "DECIMAL(5, 2)|1e-999999999|column 'c': '1e-999999999' is not a DECIMAL(5, 2)",
                "DECIMAL(5, 2)|1e99999999999|column 'c': '1e99999999999' is not a DECIMAL(5, 2)",
                "DECIMAL(5, 2)|true|column 'c': 'true' is not a DECIMAL(5, 2)",
                "STRING|\"a\\u00e9\\t\"|aé<TAB>",
                "STRING|5|column 'c': '5' is not a STRING",
                "STRING|{\"a\":1}|column 'c': a JSON object is not a STRING",
                "STRING|[1]|column 'c': a JSON array is not a STRING",
                "DATE|\"2001-02-30\"|column 'c': '2001-02-30' is not a DATE",
                "DATE|20010203|column 'c': '20010203' is not a DATE",
                "STRING|null|null"
            })
    void shouldTakeJsonValuesExactlyOrNotAtAll(String type, String value, String result) throws Exception {
        columns = "c " + type;
        List<Entry> entries = read(ObjectFormat.JSON, "{\"x\":[{\"c\":1}],\"c\":" + value + "}");
        String expected = result.replace("<TAB>", "\t");
        assertThat(entries)
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry instanceof Entry.Row row
                                        ? String.valueOf(row.value().get("c"))
                                        : ((Entry.Bad) entry).reason())
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":1|this is not JSON: Unexpected end-of-input",
                "[1]|this is no JSON object",
                "{\"id\":1} {\"id\":2}|there is more behind the JSON object",
                "{\"id\":1,\"id\":2}|this is not JSON: Duplicate field 'id'",
                "{\"id\":01}|this is not JSON: Invalid numeric value",
                "{\"id\":NaN}|this is not JSON: Non-standard token 'NaN'",
                "{\"id\":null}|column 'id' is NOT NULL, but there is no value for it"
            })
    void shouldSayWhyALineIsNoRow(String line, String reason) throws Exception {
        assertThat(read(ObjectFormat.JSON, line))
                .singleElement()
                .satisfies(entry -> assertThat(((Entry.Bad) entry).reason())
                        .startsWith(reason)
                        .doesNotContain("\n"));
    }

    @Test
    void shouldMapCsvByItsHeader() throws Exception {
        List<Entry> entries = read(
                ObjectFormat.CSV,
                "other,Price,ID\r\nx,1.5,1\r\n\"a\nb\",,2\r\n\r\nx,\"1,5\",3\n1,2\n1,2,3,4\n\"x\"y,1,1\n");
        assertThat(rows(entries)).extracting(row -> row.get("id")).containsExactly(1, 2);
        assertThat(rows(entries).get(0).get("price")).hasToString("1.50");
        assertThat(rows(entries).get(1).get("price")).isNull();
        assertThat(rows(entries).get(1).get("name")).isNull();
        assertThat(reasons(entries).subList(0, 3))
                .containsExactly(
                        "6: column 'price': '1,5' is not a DECIMAL(6, 2)",
                        "7: the record has 2 fields instead of 3",
                        "8: the record has 4 fields instead of 3");
        assertThat(reasons(entries).get(3)).startsWith("9: this is not CSV: ");
    }

    @Test
    void shouldReadCsvWithoutAHeaderAndWithTabs() throws Exception {
        hasHeader = false;
        separator = '\t';
        columns = "a STRING, b STRING, c STRING NOT NULL";
        List<Entry> entries = read(ObjectFormat.CSV, "x\ty, z\t\n\t\t\n");
        assertThat(rows(entries)).hasSize(2);
        assertThat(rows(entries).get(0).get("b")).isEqualTo("y, z");
        assertThat(rows(entries).get(1).get("a")).isNull();
        assertThat(rows(entries).get(1).get("c")).isEqualTo("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name,price|column 'id' is NOT NULL, but the header lacks it; it has name, price",
                "id,name,ID|the header has column 'id' twice",
                "id,\"na|this is not CSV"
            })
    void shouldNotGuessWithoutAUsableHeader(String header, String reason) throws Exception {
        List<Entry> entries = read(ObjectFormat.CSV, header + "\n1,2\n");
        assertThat(reasons(entries))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("1: the object cannot be read: " + reason);
    }

    @Test
    void shouldReportALineThatIsTooLong() throws Exception {
        lineMaxBytes = 10;
        List<Entry> entries = read(ObjectFormat.JSON, "{\"id\":1}\n{\"id\":     1}\n{\"id\":3}\n");
        assertThat(rows(entries)).extracting(row -> row.get("id")).containsExactly(1, 3);
        assertThat(reasons(entries))
                .containsExactly("2: the line has 13 bytes, more than the 10 of line.max.bytes"
                        + " (only the first 10 of its 13 bytes are kept)");
    }

    @Test
    void shouldKeepOnlyTheBeginningOfALargeBadLine() throws Exception {
        lineMaxBytes = 2_000_000;
        List<Entry> entries = read(ObjectFormat.JSON, "x".repeat(1_000_000));
        assertThat(((Entry.Bad) entries.get(0)).bytes()).hasSize(ObjectReader.MAX_BAD_BYTES);
        assertThat(reasons(entries).get(0)).endsWith("(only the first 524288 of its 1000000 bytes are kept)");
    }

    private List<Entry> read(ObjectFormat format, String text) throws BrokenTransferException {
        RowShape shape = RowShape.of("t", Columns.parse("columns", columns), List.of());
        ObjectReader reader = new ObjectReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                format,
                new ReadOptions(shape, separator, hasHeader, lineMaxBytes),
                1);
        List<Entry> entries = new ArrayList<>();
        Entry entry = reader.peek();
        while (entry != null) {
            entries.add(entry);
            reader.advance();
            entry = reader.peek();
        }
        return entries;
    }

    private static List<Struct> rows(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.Row.class::isInstance)
                .map(entry -> ((Entry.Row) entry).value())
                .toList();
    }

    private static List<String> reasons(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.Bad.class::isInstance)
                .map(entry -> String.format(Locale.ROOT, "%d: %s", entry.line(), ((Entry.Bad) entry).reason()))
                .toList();
    }
}
