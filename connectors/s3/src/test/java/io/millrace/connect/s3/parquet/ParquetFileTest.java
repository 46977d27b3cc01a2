package io.millrace.connect.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.s3.Duck;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ParquetFileTest {

    private static final Schema INNER = SchemaBuilder.struct()
            .optional()
            .field("x", Schema.OPTIONAL_INT32_SCHEMA)
            .field("y", Schema.STRING_SCHEMA)
            .build();
    private static final Schema ALL = SchemaBuilder.struct()
            .name("all")
            .field("i8", Schema.OPTIONAL_INT8_SCHEMA)
            .field("i16", Schema.OPTIONAL_INT16_SCHEMA)
            .field("i32", Schema.OPTIONAL_INT32_SCHEMA)
            .field("i64", Schema.OPTIONAL_INT64_SCHEMA)
            .field("f32", Schema.OPTIONAL_FLOAT32_SCHEMA)
            .field("f64", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("flag", Schema.OPTIONAL_BOOLEAN_SCHEMA)
            .field("text", Schema.OPTIONAL_STRING_SCHEMA)
            .field("blob", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("day", Date.builder().optional().build())
            .field("clock", Time.builder().optional().build())
            .field("at", Timestamp.builder().optional().build())
            .field("d5", decimal(5, 2))
            .field("d15", decimal(15, 3))
            .field("d38", decimal(38, 10))
            .field(
                    "list",
                    SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).optional().build())
            .field(
                    "map",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_INT64_SCHEMA)
                            .optional()
                            .build())
            .field("inner", INNER)
            .field("inners", SchemaBuilder.array(INNER).optional().build())
            .build();

    @TempDir
    Path directory;

    private static Schema decimal(int precision, int scale) {
        return Decimal.builder(scale)
                .parameter("connect.decimal.precision", Integer.toString(precision))
                .optional()
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteWhatAnotherReaderReads(ParquetCompression compression) throws IOException {
        Path path = directory.resolve("all.parquet");
        try (ParquetFile file = new ParquetFile(path, ALL, compression)) {
            file.write(full());
            file.write(new Struct(ALL));
        }
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("DESCRIBE SELECT * FROM '" + path + "'"))
                    .extracting(row -> row.get(1))
                    .containsExactly(
                            "TINYINT",
                            "SMALLINT",
                            "INTEGER",
                            "BIGINT",
                            "FLOAT",
                            "DOUBLE",
                            "BOOLEAN",
                            "VARCHAR",
                            "BLOB",
                            "DATE",
                            "TIME",
                            "TIMESTAMP WITH TIME ZONE",
                            "DECIMAL(5,2)",
                            "DECIMAL(15,3)",
                            "DECIMAL(38,10)",
                            "INTEGER[]",
                            "MAP(VARCHAR, BIGINT)",
                            "STRUCT(x INTEGER, y VARCHAR)",
                            "STRUCT(x INTEGER, y VARCHAR)[]");
            List<List<Object>> rows = duck.rows("SELECT * REPLACE (blob::VARCHAR AS blob, "
                    + "list::VARCHAR AS list, map::VARCHAR AS map, \"inner\"::VARCHAR AS \"inner\", "
                    + "inners::VARCHAR AS inners, day::VARCHAR AS day, clock::VARCHAR AS clock) FROM '" + path + "'");
            assertThat(rows.get(0))
                    .containsExactly(
                            (byte) -128,
                            (short) -32768,
                            Integer.MIN_VALUE,
                            Long.MAX_VALUE,
                            1.5f,
                            -0.1d,
                            true,
                            "añ\uD83D\uDE00",
                            "\\x00\\xFFa",
                            "1969-12-31",
                            "23:59:59.999",
                            Instant.ofEpochMilli(-1).atOffset(ZoneOffset.UTC),
                            new BigDecimal("-123.45"),
                            new BigDecimal("999999999999.999"),
                            new BigDecimal("-1234567890123456789012345678.0123456789"),
                            "[1, NULL, 3]",
                            "{a=1, b=NULL}",
                            "{'x': NULL, 'y': why}",
                            "[{'x': NULL, 'y': why}, NULL]");
            assertThat(rows.get(1)).containsOnlyNulls();
            assertThat(duck.rows("SELECT DISTINCT compression FROM parquet_metadata('" + path + "')"))
                    .containsExactly(List.of(compression.codec().name()));
        }
    }

    private static Struct full() {
        Struct inner = new Struct(INNER).put("y", "why");
        Map<String, Long> map = new TreeMap<>();
        map.put("a", 1L);
        map.put("b", null);
        return new Struct(ALL)
                .put("i8", (byte) -128)
                .put("i16", (short) -32768)
                .put("i32", Integer.MIN_VALUE)
                .put("i64", Long.MAX_VALUE)
                .put("f32", 1.5f)
                .put("f64", -0.1d)
                .put("flag", true)
                .put("text", "añ\uD83D\uDE00")
                .put("blob", ByteBuffer.wrap(new byte[] {9, 0, -1, 'a'}, 1, 3))
                .put("day", Date.toLogical(Date.SCHEMA, -1))
                .put("clock", Time.toLogical(Time.SCHEMA, 86_399_999))
                .put("at", java.util.Date.from(Instant.ofEpochMilli(-1)))
                .put("d5", new BigDecimal("-123.45"))
                .put("d15", new BigDecimal("999999999999.999"))
                .put("d38", new BigDecimal("-1234567890123456789012345678.0123456789"))
                .put("list", Arrays.asList(1, null, 3))
                .put("map", map)
                .put("inner", inner)
                .put("inners", Arrays.asList(inner, null));
    }

    @Test
    void shouldWriteManyRowsAndEmptyCollections() throws IOException {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .field("plain", SchemaBuilder.string().defaultValue("standard").build())
                .field("bare", Decimal.schema(2))
                .build();
        Path path = directory.resolve("many.parquet");
        try (ParquetFile file = new ParquetFile(path, schema, ParquetCompression.ZSTD)) {
            for (long id = 0; id < 300_000; id++) {
                file.write(new Struct(schema)
                        .put("id", id)
                        .put("tags", id % 2 == 0 ? List.of() : List.of("t" + id, "u"))
                        .put("bare", BigDecimal.valueOf(id, 2)));
            }
            assertThat(file.size()).isPositive();
        }
        try (Duck duck = new Duck()) {
            assertThat(duck.rows(
                            "SELECT count(*), sum(id)::BIGINT, sum(len(tags))::BIGINT, min(plain), max(bare) FROM '"
                                    + path + "'"))
                    .containsExactly(
                            List.of(300_000L, 44_999_850_000L, 300_000L, "standard", new BigDecimal("2999.99")));
        }
    }

    @Test
    void shouldStayAsItWasAtAStructThatCannotBeWritten() throws IOException {
        Schema schema = SchemaBuilder.struct()
                .field("a", Schema.INT32_SCHEMA)
                .field("d", decimal(3, 1))
                .build();
        Path path = directory.resolve("bad.parquet");
        try (ParquetFile file = new ParquetFile(path, schema, ParquetCompression.NONE)) {
            file.write(new Struct(schema).put("a", 1));
            assertThatThrownBy(() -> file.write(new Struct(schema)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a");
            assertThatThrownBy(() -> file.write(new Struct(schema).put("a", 2).put("d", new BigDecimal("100.0"))))
                    .hasMessage("field 'd': 100.0 has more than the 3 digits of its column");
            file.write(new Struct(schema).put("a", 3).put("d", new BigDecimal("99.9")));
        }
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("SELECT a FROM '" + path + "'")).containsExactly(List.of(1), List.of(3));
        }
    }

    @Test
    void shouldSayWhatParquetDoesNotHave() {
        assertThatThrownBy(() -> write(Schema.STRING_SCHEMA)).hasMessageContaining("the value is a STRING");
        assertThatThrownBy(() -> write(SchemaBuilder.struct()
                        .field("e", SchemaBuilder.struct().build())
                        .build()))
                .hasMessage("field 'e' is a struct without fields, which Parquet does not have");
        assertThatThrownBy(() -> write(
                        SchemaBuilder.struct().field("d", Decimal.schema(-2)).build()))
                .hasMessage("field 'd': Parquet has no decimal of precision 38 and scale -2");
    }

    private void write(Schema schema) throws IOException {
        try (ParquetFile file = new ParquetFile(directory.resolve("x"), schema, ParquetCompression.ZSTD)) {
            throw new AssertionError(file.size() + " bytes that should not be");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "9, 4", "18, 8", "19, 9", "38, 16"})
    void shouldGiveADecimalAsManyBytesAsItNeeds(int precision, int bytes) {
        assertThat(new DecimalShape(precision, 0).byteCount()).isEqualTo(bytes);
    }

    @Test
    void shouldRunWithoutHadoop() throws IOException {
        assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(Files.exists(directory)).isTrue();
    }
}
