package io.millrace.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;

/** What is written is what Avro's own reader reads, and what Avro's own writer writes is what is read, for rows of any types. */
final class AvroRoundTripTest {

    @Property(tries = 1000)
    void shouldWriteWhatAvroReads(@ForAll Random random) throws IOException {
        RelDataType rowType = SampleRows.rowType(random);
        Object[] row = SampleRows.row(rowType, random);
        Schema schema = AvroSchemas.of(rowType, "p.rows", "");

        byte[] bytes = new RowWriter(rowType).write(new byte[0], Row.of(row));

        GenericRecord read = new GenericDatumReader<GenericRecord>(schema, schema, avro())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        assertThat(plain(read)).isEqualTo(plain(generic(rowType, row, schema)));
    }

    @Property(tries = 1000)
    void shouldReadWhatAvroWrites(@ForAll Random random) throws IOException, RowDecodingException {
        RelDataType rowType = SampleRows.rowType(random);
        Object[] row = SampleRows.row(rowType, random);
        // A schema as a registry gives it back: only what JSON says of it.
        Schema schema =
                new Schema.Parser().parse(AvroSchemas.of(rowType, "p.rows", "").toString());

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema, avro()).write(generic(rowType, row, schema), encoder);
        encoder.flush();

        Object[] read = new RowReader(schema, rowType, column -> true)
                .read(bytes.toByteArray(), 0)
                .toArray();
        assertThat(SampleRows.comparable(read)).isEqualTo(SampleRows.comparable(row));
    }

    @Property(tries = 500)
    void shouldSkipWhatNobodyWants(@ForAll Random random) throws RowDecodingException {
        RelDataType rowType = SampleRows.rowType(random);
        Object[] row = SampleRows.row(rowType, random);
        int wanted = random.nextInt(row.length);
        byte[] bytes = new RowWriter(rowType).write(new byte[] {7, 7}, Row.of(row));

        Object[] read = new RowReader(AvroSchemas.of(rowType, "p.rows", ""), rowType, column -> column == wanted)
                .read(bytes, 2)
                .toArray();

        Object[] expected = new Object[row.length];
        expected[wanted] = row[wanted];
        assertThat(SampleRows.comparable(read)).isEqualTo(SampleRows.comparable(expected));
    }

    @Property(tries = 500)
    void shouldReadAnyBytesOrRefuseThem(@ForAll Random random, @ForAll byte[] bytes) {
        RelDataType rowType = SampleRows.rowType(random);
        RowReader reader =
                new RowReader(AvroSchemas.of(rowType, "p.rows", ""), rowType, column -> random.nextBoolean());
        try {
            assertThat(reader.read(bytes, 0).toArray()).hasSize(rowType.getFieldCount());
        } catch (RowDecodingException e) {
            assertThat(e).hasMessageMatching("(?s)(The bytes do not hold a row|Column 'c).*");
        }
    }

    private static GenericData avro() {
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.addLogicalTypeConversion(new Conversions.UUIDConversion());
        data.addLogicalTypeConversion(new TimeConversions.DateConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        return data;
    }

    /** An internal value as Avro's generic one, told again from the specification of Avro. */
    private static Object generic(RelDataType type, Object value, Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            return value == null ? null : generic(type, value, schema.getTypes().get(1));
        }
        return switch (type.getSqlTypeName()) {
            case TINYINT, SMALLINT -> ((Number) value).intValue();
            case VARBINARY -> ByteBuffer.wrap(((ByteString) value).getBytes());
            case DATE -> LocalDate.ofEpochDay((Integer) value);
            case TIME ->
                LocalTime.MIDNIGHT.plus(
                        ((Number) value).longValue(), value instanceof Long ? ChronoUnit.MICROS : ChronoUnit.MILLIS);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant(type, (Long) value), ZoneOffset.UTC);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(type, (Long) value);
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                ((List<?>) value)
                        .forEach(element ->
                                list.add(generic(type.getComponentType(), element, schema.getElementType())));
                yield list;
            }
            case MAP -> genericMap(type, (Map<?, ?>) value, schema);
            case ROW -> {
                GenericData.Record record = new GenericData.Record(schema);
                for (int i = 0; i < type.getFieldCount(); i++) {
                    record.put(
                            i,
                            generic(
                                    type.getFieldList().get(i).getType(),
                                    ((Object[]) value)[i],
                                    schema.getFields().get(i).schema()));
                }
                yield record;
            }
            default -> value;
        };
    }

    private static Object genericMap(RelDataType type, Map<?, ?> value, Schema schema) {
        if (schema.getType() == Schema.Type.MAP) {
            Map<Object, Object> map = new HashMap<>();
            value.forEach((key, entry) -> map.put(key, generic(type.getValueType(), entry, schema.getValueType())));
            return map;
        }
        List<Object> entries = new ArrayList<>();
        value.forEach((key, entry) -> {
            GenericData.Record record = new GenericData.Record(schema.getElementType());
            record.put("key", key);
            record.put(
                    "value",
                    generic(
                            type.getValueType(),
                            entry,
                            schema.getElementType().getField("value").schema()));
            entries.add(record);
        });
        return entries;
    }

    private static Instant instant(RelDataType type, long value) {
        return Instant.EPOCH.plus(value, type.getPrecision() > 3 ? ChronoUnit.MICROS : ChronoUnit.MILLIS);
    }

    /** A generic value without what Avro leaves open: its classes of texts, lists and maps. */
    private static Object plain(Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new HashMap<>();
            map.forEach((key, entry) -> plain.put(plain(key), plain(entry)));
            return plain;
        }
        if (value instanceof GenericData.Record record) {
            List<Object> plain = new ArrayList<>();
            record.getSchema().getFields().forEach(field -> plain.add(plain(record.get(field.pos()))));
            return plain;
        }
        return value;
    }
}
