package io.millrace.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import io.millrace.engine.sql.ColumnList;
import io.millrace.engine.sql.SqlDialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Avro can be read as which column, and that no value loses anything on the way. */
final class RowReaderTest {

    private static final String DECIMAL_5_2 = "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 5, 'scale': 2}";
    private static final String LONG_OF = "{'type': 'long', 'logicalType': '%s'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    INT      | 'long'  | 2147483648           | 2147483648 does not fit INTEGER
                    TINYINT  | 'int'   | 128                  | 128 does not fit TINYINT
                    SMALLINT | 'int'   | -32769               | -32769 does not fit SMALLINT
                    DOUBLE   | 'long'  | 9007199254740993     | 9007199254740993 is not exactly a DOUBLE
                    DOUBLE   | 'long'  | 9223372036854775807  | 9223372036854775807 is not exactly a DOUBLE
                    REAL     | 'int'   | 16777217             | 16777217 is not exactly a REAL
                    DECIMAL(3, 1) | 'int' | 100               | 100 has more than the 2 digits before the point that DECIMAL(3, 1) holds
                    """)
    void shouldRefuseAWholeNumberThatDoesNotFit(String type, String schema, long value, String message) {
        Object written = schema.equals("int") ? (Object) (int) value : (Object) value;
        assertThatThrownBy(() -> read(type, "\"" + schema + "\"", written))
                .isInstanceOf(RowDecodingException.class)
                .hasMessage("Column 'c': " + message);
    }

    @ParameterizedTest
    @CsvSource({"INT", "BIGINT", "TINYINT", "SMALLINT"})
    void shouldReadWholeNumbersOfAnyWidthThatFit(String type) throws Exception {
        assertThat(((Number) read(type, "\"long\"", -128L)).longValue()).isEqualTo(-128);
        assertThat(((Number) read(type, "\"int\"", 127)).longValue()).isEqualTo(127);
        assertThat(((Number) read(type, DECIMAL_5_2, decimal("12.00"))).longValue())
                .isEqualTo(12);
        assertThatThrownBy(() -> read(type, DECIMAL_5_2, decimal("12.50")))
                .isInstanceOf(RowDecodingException.class)
                .hasMessageContaining("12.50 does not fit");
    }

    @Test
    void shouldPromoteNumbersAsAvroDoes() throws Exception {
        assertThat(read("BIGINT", "\"int\"", 7)).isEqualTo(7L);
        assertThat(read("REAL", "\"int\"", 7)).isEqualTo(7f);
        assertThat(read("REAL", "\"long\"", 7L)).isEqualTo(7f);
        assertThat(read("DOUBLE", "\"int\"", 7)).isEqualTo(7d);
        assertThat(read("DOUBLE", "\"long\"", 1L << 60)).isEqualTo(0x1p60);
        assertThat(read("DOUBLE", "\"float\"", 0.1f)).isEqualTo((double) 0.1f);
        assertThat(read("DECIMAL(20, 0)", "\"long\"", Long.MIN_VALUE)).isEqualTo(BigDecimal.valueOf(Long.MIN_VALUE));
    }

    @Test
    void shouldReadADoubleAsARealOnlyWhenItIsOne() throws Exception {
        assertThat(read("REAL", "\"double\"", 0.5)).isEqualTo(0.5f);
        assertThat(read("REAL", "\"double\"", Double.NaN)).isEqualTo(Float.NaN);
        assertThatThrownBy(() -> read("REAL", "\"double\"", 0.1))
                .hasMessage("Column 'c': 0.1 is not exactly a REAL: a DOUBLE holds it");
    }

    @Test
    void shouldReadADecimalAtItsColumnsScaleWithoutRounding() throws Exception {
        assertThat(read("DECIMAL(10, 4)", DECIMAL_5_2, decimal("123.45"))).isEqualTo(new BigDecimal("123.4500"));
        assertThat(read("DECIMAL(4, 1)", DECIMAL_5_2, decimal("123.40"))).isEqualTo(new BigDecimal("123.4"));
        assertThatThrownBy(() -> read("DECIMAL(4, 1)", DECIMAL_5_2, decimal("123.45")))
                .hasMessage("Column 'c': 123.45 has more than the 1 digits after the point that DECIMAL(4, 1) holds");
        String fixed =
                "{'type': 'fixed', 'name': 'f', 'size': 4, 'logicalType': 'decimal', 'precision': 9, 'scale': 2}";
        assertThat(read("DECIMAL(9, 2)", fixed, fixed(fixed, new byte[] {-1, -1, -1, -100})))
                .isEqualTo(new BigDecimal("-1.00"));
    }

    @Test
    void shouldReadTimestampsInAnyUnitThatLosesNothing() throws Exception {
        assertThat(read("TIMESTAMP(3)", LONG_OF.formatted("local-timestamp-micros"), 1_000_000_123_000L))
                .isEqualTo(1_000_000_123L);
        assertThat(read("TIMESTAMP(6)", LONG_OF.formatted("timestamp-millis"), -5L))
                .isEqualTo(-5_000L);
        assertThat(read("TIMESTAMP(6)", LONG_OF.formatted("timestamp-nanos"), -5_000L))
                .isEqualTo(-5L);
        assertThatThrownBy(() -> read("TIMESTAMP(3)", LONG_OF.formatted("timestamp-micros"), 1_001L))
                .hasMessage("Column 'c': 1001 of 1000000 to a second is finer than the milliseconds of TIMESTAMP(3)");
        assertThatThrownBy(() -> read("TIMESTAMP(6)", LONG_OF.formatted("local-timestamp-nanos"), 1L))
                .hasMessageContaining("finer than the microseconds of TIMESTAMP(6)");
        assertThatThrownBy(() -> read("TIMESTAMP(6)", LONG_OF.formatted("timestamp-millis"), Long.MAX_VALUE))
                .hasMessageContaining("too far from 1970");
    }

    @Test
    void shouldReadTimesOfADayAlone() throws Exception {
        String millis = "{'type': 'int', 'logicalType': 'time-millis'}";
        assertThat(read("TIME(3)", millis, 86_399_999)).isEqualTo(86_399_999);
        assertThat(read("TIME(6)", millis, 1)).isEqualTo(1_000L);
        assertThat(read("TIME(3)", LONG_OF.formatted("time-micros"), 2_000L)).isEqualTo(2);
        assertThatThrownBy(() -> read("TIME(3)", millis, 86_400_000))
                .hasMessage("Column 'c': 86400000 is no time of a day");
        assertThatThrownBy(() -> read("TIME(3)", millis, -1)).hasMessage("Column 'c': -1 is no time of a day");
    }

    @Test
    void shouldReadTextAndBytesAsEachOther() throws Exception {
        byte[] utf8 = "Größe".getBytes(StandardCharsets.UTF_8);
        assertThat(read("STRING", "\"bytes\"", ByteBuffer.wrap(utf8))).isEqualTo("Größe");
        assertThat(read("BYTES", "\"string\"", "Größe")).isEqualTo(new ByteString(utf8));
        assertThatThrownBy(() -> read("STRING", "\"bytes\"", ByteBuffer.wrap(new byte[] {(byte) 0xC3})))
                .hasMessage("Column 'c': The bytes are no text in UTF-8");
        assertThat(read("STRING", "\"string\"", "\uFFFD")).isEqualTo("\uFFFD");
        String color = "{'type': 'enum', 'name': 'color', 'symbols': ['RED', 'BLUE']}";
        assertThat(read("STRING", color, new GenericData.EnumSymbol(schema(color), "BLUE")))
                .isEqualTo("BLUE");
        String fixed = "{'type': 'fixed', 'name': 'f', 'size': 2}";
        assertThat(read("BYTES", fixed, fixed(fixed, new byte[] {1, 2}))).isEqualTo(new ByteString(new byte[] {1, 2}));
    }

    @Test
    void shouldRefuseATextOrBinaryThatIsLongerThanItsColumn() throws Exception {
        assertThat(read("VARCHAR(2)", "\"string\"", "a\uD83D\uDE00")).isEqualTo("a\uD83D\uDE00");
        assertThat(read("CHAR(2)", "\"string\"", "a")).isEqualTo("a");
        assertThatThrownBy(() -> read("VARCHAR(2)", "['null', 'string']", "abc"))
                .isInstanceOf(RowDecodingException.class)
                .hasMessage("Column 'c': 'abc' has 3 characters, more than VARCHAR(2) holds");
        assertThatThrownBy(() -> read("ARRAY<CHAR(1)>", "{'type': 'array', 'items': 'string'}", List.of("ab")))
                .hasMessage("Column 'c[]': 'ab' has 2 characters, more than CHAR(1) holds");
        assertThatThrownBy(() -> read("MAP<VARCHAR(1), INT>", "{'type': 'map', 'values': 'int'}", Map.of("ab", 1)))
                .hasMessage("Column 'c': 'ab' has 2 characters, more than VARCHAR(1) holds");
        assertThatThrownBy(() -> read("VARBINARY(1)", "\"bytes\"", ByteBuffer.wrap(new byte[2])))
                .hasMessage("Column 'c': The binary has 2 bytes, more than VARBINARY(1) holds");
    }

    @Test
    void shouldReadWhatWasComputedAtAnyLength() throws Exception {
        RelDataType type = SqlDialect.types()
                .builder()
                .add("upper", SqlDialect.types().createSqlType(SqlTypeName.VARCHAR, 1))
                .build();
        byte[] stored = new RowWriter(StoredRows.type(type)).write(new byte[0], Row.of("SS"));
        assertThat(StoredRows.reader(type).read(stored, 0).toArray()).containsExactly("SS");
    }

    @Test
    void shouldReadUuidsOfBothForms() throws Exception {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426655440000");
        assertThat(read("UUID", "{'type': 'string', 'logicalType': 'uuid'}", uuid.toString()))
                .isEqualTo(uuid);
        assertThat(read("UUID", "\"string\"", uuid.toString())).isEqualTo(uuid);
        String fixed = "{'type': 'fixed', 'name': 'f', 'size': 16, 'logicalType': 'uuid'}";
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        assertThat(read("UUID", fixed, fixed(fixed, bytes))).isEqualTo(uuid);
        assertThatThrownBy(() -> read("UUID", "\"string\"", "1-2-3-4-5"))
                .hasMessage("Column 'c': '1-2-3-4-5' is no UUID");
    }

    @Test
    void shouldReadDurationsAsTheIntervalsThatTheyAre() throws Exception {
        String duration = "{'type': 'fixed', 'name': 'd', 'size': 12, 'logicalType': 'duration'}";
        byte[] months = {14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] days = {0, 0, 0, 0, 1, 0, 0, 0, -1, -1, -1, -1};
        assertThat(read("INTERVAL YEAR TO MONTH", duration, fixed(duration, months)))
                .isEqualTo(14);
        assertThat(read("INTERVAL DAY TO SECOND", duration, fixed(duration, days)))
                .isEqualTo(86_400_000L + 4_294_967_295L);
        assertThatThrownBy(() -> read("INTERVAL DAY TO SECOND", duration, fixed(duration, months)))
                .hasMessageContaining("has months, which are of no one length");
        assertThatThrownBy(() -> read("INTERVAL YEAR TO MONTH", duration, fixed(duration, days)))
                .hasMessageContaining("is no whole number of months");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    BOOLEAN       | 'int'
                    INT           | 'string'
                    INT           | 'double'
                    DECIMAL(5, 2) | 'double'
                    DECIMAL(5, 2) | 'string'
                    DATE          | 'int'
                    TIMESTAMP     | 'long'
                    TIMESTAMP     | 'string'
                    STRING        | 'int'
                    UUID          | 'bytes'
                    INTERVAL YEAR TO MONTH | 'long'
                    INT           | 'null'
                    """)
    void shouldRefuseAPairOfTypesThatNeverFitsWhenTheReaderIsMade(String type, String schema) {
        if (schema.equals("null")) {
            // Null fits a column that may be null, and no other: that is told of each row.
            assertThatThrownBy(() -> read(type + " NOT NULL", "\"null\"", null))
                    .hasMessage("Column 'c' is NOT NULL, but its value is missing or null");
            return;
        }
        assertThatThrownBy(() -> reader(type, "\"" + schema + "\""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("Column 'c' is .*, but the topic holds \"" + schema + "\"");
    }

    @Test
    void shouldReadNestedTypesByTheNamesOfTheirFields() throws Exception {
        String schema =
                "{'type': 'record', 'name': 'p', 'fields': [{'name': 'extra', 'type': {'type': 'array', 'items':"
                        + " 'long'}}, {'name': 'B', 'type': ['null', 'string']}, {'name': 'a', 'type': 'int'}]}";
        GenericData.Record record = new GenericData.Record(schema(schema));
        record.put("extra", List.of(1L, 2L));
        record.put("B", "b");
        record.put("a", 1);
        assertThat((Object[]) read("ROW(a BIGINT NOT NULL, b STRING, missing INT)", schema, record))
                .containsExactly(1L, "b", null);
        assertThatThrownBy(() -> read("ROW(missing INT NOT NULL)", schema, record))
                .hasMessage("Column 'c.missing' is NOT NULL, but its value is missing or null");
        assertThatThrownBy(() -> reader("ROW(b ARRAY<INT>)", schema))
                .hasMessage("Column 'c.b' is INTEGER ARRAY, but the topic holds \"string\"");
    }

    @Test
    void shouldSayWhichElementDoesNotFit() {
        String schema = "{'type': 'map', 'values': {'type': 'array', 'items': ['null', 'long']}}";
        assertThatThrownBy(() -> read("MAP<STRING, ARRAY<INT>>", schema, Map.of("k", List.of(1L, 1L << 40))))
                .hasMessage("Column 'c[][]': 1099511627776 does not fit INTEGER");
        List<Long> withNull = new ArrayList<>();
        withNull.add(null);
        assertThatThrownBy(() -> read("MAP<STRING, ARRAY<INT NOT NULL>>", schema, Map.of("k", withNull)))
                .hasMessage("Column 'c[][]': it is NOT NULL, but its value is null");
    }

    @Test
    void shouldReadAGeneralUnionAsARowOfItsBranches() throws Exception {
        String union = "['null', 'string', {'type': 'record', 'name': 'a.b.Point', 'fields': [{'name': 'x', 'type':"
                + " 'int'}]}, 'double']";
        String type = "ROW(string STRING, point ROW(x INT))";
        GenericData.Record point =
                new GenericData.Record(schema(union).getTypes().get(2));
        point.put("x", 3);
        assertThat((Object[]) read(type, union, "s")).containsExactly("s", null);
        assertThat(SampleRows.comparable(read(type, union, point)))
                .isEqualTo(SampleRows.comparable(new Object[] {null, new Object[] {3}}));
        assertThat(read(type, union, null)).isNull();
        assertThatThrownBy(() -> read(type, union, 1.5))
                .isInstanceOf(RowDecodingException.class)
                .hasMessage("Column 'c': the ROW has no field for a value of the branch double");
        assertThatThrownBy(() -> reader("ROW(x INT)", union))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the fields of its ROW are named [string, Point, double]");
        assertThatThrownBy(() -> reader("ROW(string STRING NOT NULL)", union))
                .hasMessageContaining("'c.string' is NOT NULL");
    }

    @Test
    void shouldReadWhicheverBranchesOfAUnionFitTheColumn() throws Exception {
        String union = "['int', 'long', 'string']";
        assertThat(read("BIGINT", union, 5)).isEqualTo(5L);
        assertThat(read("BIGINT", union, 1L << 40)).isEqualTo(1L << 40);
        assertThatThrownBy(() -> read("BIGINT", union, "x"))
                .hasMessage("Column 'c': a value of the branch string is no BIGINT");
        assertThatThrownBy(() -> reader("DATE", union)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadMapsWithKeysThatAreNoTexts() throws Exception {
        String schema = "{'type': 'array', 'items': {'type': 'record', 'name': 'e', 'fields': ["
                + "{'name': 'key', 'type': 'int'}, {'name': 'value', 'type': 'string'}]}}";
        GenericData.Record entry = new GenericData.Record(schema(schema).getElementType());
        entry.put("key", 1);
        entry.put("value", "one");
        assertThat(read("MAP<INT, STRING>", schema, List.of(entry))).isEqualTo(Map.of(1, "one"));
        assertThatThrownBy(() -> read("MAP<INT, STRING>", schema, List.of(entry, entry)))
                .hasMessage("Column 'c': the key '1' is in the map twice");
    }

    @Test
    void shouldRefuseARecursiveSchema() {
        String schema = "{'type': 'record', 'name': 'node', 'fields': [{'name': 'v', 'type': 'int'},"
                + " {'name': 'next', 'type': ['null', 'node']}]}";
        assertThatThrownBy(() -> reader("ROW(v INT, next ROW(v INT))", schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Column 'c' holds records of node, which contain themselves: a recursive schema is no type of SQL");
    }

    @Test
    void shouldSkipARecursiveFieldHoweverDeepItsBytesSay() {
        Schema schema = schema("{'type': 'record', 'name': 'r', 'fields': [{'name': 'tree', 'type': {'type': 'record',"
                + " 'name': 'node', 'fields': [{'name': 'next', 'type': ['null', 'node']}]}}]}");
        byte[] deep = new byte[1_000_000];
        java.util.Arrays.fill(deep, (byte) 2);
        RowReader reader = new RowReader(schema, columns("c INT"), column -> true);
        assertThatThrownBy(() -> reader.read(deep, 0)).isInstanceOf(RowDecodingException.class);
    }

    @Test
    void shouldNotBeKeptBusyByElementsWithoutBytes() throws Exception {
        String nulls = "{'type': 'array', 'items': 'null'}";
        assertThatThrownBy(() -> reader("ARRAY<INT>", nulls)).isInstanceOf(IllegalArgumentException.class);
        Schema schema = schema("{'type': 'record', 'name': 'r', 'fields': [{'name': 'n', 'type': " + nulls + "}]}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        for (int block = 0; block < 1_000; block++) {
            encoder.writeLong(2_000_000_000);
        }
        encoder.writeLong(0);
        encoder.flush();
        RowReader reader = new RowReader(schema, columns("c INT"), column -> true);
        assertThat(reader.read(bytes.toByteArray(), 0).toArray()).containsExactly((Object) null);
    }

    @Test
    void shouldRefuseTwoFieldsForOneColumn() {
        Schema schema = schema("{'type': 'record', 'name': 'r', 'fields': [{'name': 'AB', 'type': 'int'},"
                + " {'name': 'ab', 'type': 'int'}]}");
        assertThatThrownBy(() -> new RowReader(schema, columns("aB INT"), column -> true))
                .hasMessage("Column 'aB' is both 'AB' and 'ab' of the topic: write its name as one of them");
    }

    @Test
    void shouldReadNullForAColumnThatTheWriterLacks() throws Exception {
        Schema schema = schema("{'type': 'record', 'name': 'r', 'fields': []}");
        assertThat(new RowReader(schema, columns("c ROW(a INT)"), column -> true).read(new byte[0], 0))
                .extracting(row -> row.get(0))
                .isNull();
    }

    private static ByteBuffer decimal(String value) {
        BigInteger unscaled = new BigDecimal(value).unscaledValue();
        return ByteBuffer.wrap(unscaled.toByteArray());
    }

    private static GenericData.Fixed fixed(String schema, byte[] bytes) {
        return new GenericData.Fixed(schema(schema), bytes);
    }

    private static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    private static RelDataType columns(String text) {
        List<Problem> problems = new ArrayList<>();
        RelDataType columns = ColumnList.read(new Text(text, List.of(new Location("p.yaml", 1, 1))), problems);
        assertThat(problems).isEmpty();
        return columns;
    }

    private static Schema record(String field) {
        return schema("{'type': 'record', 'name': 'rows', 'fields': [{'name': 'c', 'type': " + field + "}]}");
    }

    private static RowReader reader(String type, String field) {
        return new RowReader(record(field), columns("c " + type), column -> true);
    }

    private static Object read(String type, String field, Object value) throws IOException, RowDecodingException {
        Schema schema = record(field);
        GenericData.Record record = new GenericData.Record(schema);
        record.put("c", value);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(record, encoder);
        encoder.flush();
        return reader(type, field).read(bytes.toByteArray(), 0).get(0);
    }
}
