package io.millrace.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Bytes as the wire format's and Avro's specifications lay them down, put together and taken apart by hand. */
final class WireBytesTest {

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @Test
    void shouldWriteTheBytesOfTheSpecification() {
        Schema suit = SchemaBuilder.enumeration("Suit").symbols("CLUBS", "HEARTS");
        Schema hash = SchemaBuilder.fixed("Hash").size(2);
        Schema schema = SchemaBuilder.record("a.Row")
                .fields()
                .requiredString("text")
                .requiredLong("count")
                .optionalDouble("maybe")
                .requiredBoolean("flag")
                .name("suit")
                .type(suit)
                .noDefault()
                .name("hash")
                .type(hash)
                .noDefault()
                .name("list")
                .type(Schema.createArray(Schema.create(Schema.Type.INT)))
                .noDefault()
                .name("map")
                .type(Schema.createMap(Schema.create(Schema.Type.BYTES)))
                .noDefault()
                .endRecord();
        byte[] bytes = write(new GenericRecordBuilder(schema)
                .set("text", "ä")
                .set("count", -65L)
                .set("maybe", 1.0)
                .set("flag", true)
                .set("suit", new GenericData.EnumSymbol(suit, "HEARTS"))
                .set("hash", new GenericData.Fixed(hash, new byte[] {7, 8}))
                .set("list", List.of(1, -1))
                .set("map", Map.of("k", ByteBuffer.wrap(new byte[] {9})))
                .build());
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "00" // magic
                                + "00000001" // id
                                + "04c3a4" // two bytes of UTF-8
                                + "8101" // -65, zigzag 129
                                + "02000000000000f03f" // second branch, little-endian double
                                + "01" // true
                                + "02" // second symbol
                                + "0708" // fixed
                                + "04020100" // a block of two, 1, -1, end
                                + "02026b020900"); // a block of one, "k", one byte, end
    }

    @Test
    void shouldWriteBytesThatTakeApartByHand() {
        Schema schema = SchemaBuilder.record("a.Row")
                .fields()
                .requiredLong("low")
                .requiredString("text")
                .requiredDouble("number")
                .endRecord();
        for (int i = 0; i < 300; i++) {
            registry.register(
                    "filler" + i, SchemaBuilder.record("a.Filler" + i).fields().endRecord());
        }
        String text = "x".repeat(1000);
        ByteBuffer bytes = ByteBuffer.wrap(write(new GenericRecordBuilder(schema)
                .set("low", Long.MIN_VALUE)
                .set("text", text)
                .set("number", -0.0)
                .build()));
        assertThat(bytes.get()).isZero();
        assertThat(bytes.getInt()).isEqualTo(301);
        assertThat(zigzag(bytes)).isEqualTo(Long.MIN_VALUE);
        byte[] utf8 = new byte[(int) zigzag(bytes)];
        bytes.get(utf8);
        assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(bytes.order(ByteOrder.LITTLE_ENDIAN).getDouble()).isEqualTo(-0.0);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void shouldWriteBareBytesWithoutTheirLength() {
        assertThat(write(new byte[] {5, 6, 7})).containsExactly(0, 0, 0, 0, 1, 5, 6, 7);
        assertThat(write("ab")).containsExactly(0, 0, 0, 0, 2, 4, 'a', 'b');
    }

    @Test
    void shouldReadBytesThatWerePutTogetherByHand() {
        Schema schema = SchemaBuilder.record("a.Row")
                .fields()
                .requiredInt("n")
                .optionalString("text")
                .endRecord();
        int id = registry.register("t-value", schema);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        bytes.writeBytes(new byte[] {(byte) 0x96, 0x01, 2, 4, 'h', 'i'});
        assertThat(serde().deserializer().deserialize("t", bytes.toByteArray()))
                .hasToString("{\"n\": 75, \"text\": \"hi\"}");
    }

    private static long zigzag(ByteBuffer bytes) {
        long raw = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            raw |= (next & 0x7fL) << shift;
            shift += 7;
        } while (next < 0);
        return (raw >>> 1) ^ -(raw & 1);
    }

    private byte[] write(Object datum) {
        return serde().serializer().serialize(datum.getClass().getSimpleName(), datum);
    }

    private AvroSerde<Object> serde() {
        AvroSerde<Object> serde = new AvroSerde<>(registry);
        serde.configure(Map.of("schema.registry.url", "mock://unused"), false);
        return serde;
    }
}
