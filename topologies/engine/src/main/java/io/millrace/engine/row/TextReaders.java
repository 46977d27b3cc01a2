package io.millrace.engine.row;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Readers of texts, bytes and UUIDs. Text and bytes are read as each other, as Avro's own resolution of schemas does. */
final class TextReaders {

    private static final int UUID_BYTES = 16;

    private TextReaders() {}

    static @Nullable ValueReader text(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> TextReaders::string;
            case BYTES -> schema.getLogicalType() == null ? TextReaders::string : null;
            case ENUM -> {
                List<String> symbols = schema.getEnumSymbols();
                yield decoder -> symbols.get(decoder.readEnum());
            }
            default -> null;
        };
    }

    static @Nullable ValueReader binary(Schema schema) {
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case BYTES, FIXED -> decoder -> new ByteString(bytes(decoder, schema));
            case STRING -> decoder -> new ByteString(array(decoder.readBytes(null)));
            default -> null;
        };
    }

    static @Nullable ValueReader uuid(Schema schema) {
        boolean isLogical = TimeReaders.isLogical(schema, "uuid");
        return switch (schema.getType()) {
            case STRING ->
                isLogical || schema.getLogicalType() == null ? decoder -> ExactValues.uuid(string(decoder)) : null;
            case FIXED -> isLogical && schema.getFixedSize() == UUID_BYTES ? decoder -> uuid(decoder, schema) : null;
            default -> null;
        };
    }

    private static UUID uuid(BinaryDecoder decoder, Schema schema) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(decoder, schema));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Text and bytes are the same on the wire; bytes that are no text are not made into one. */
    static String string(BinaryDecoder decoder) throws IOException {
        return ExactValues.utf8(array(decoder.readBytes(null)));
    }

    static byte[] bytes(BinaryDecoder decoder, Schema schema) throws IOException {
        if (schema.getType() == Schema.Type.FIXED) {
            byte[] bytes = new byte[schema.getFixedSize()];
            decoder.readFixed(bytes);
            return bytes;
        }
        return array(decoder.readBytes(null));
    }

    /** A buffer of readBytes(null) is one of its own and full. */
    private static byte[] array(ByteBuffer buffer) {
        if (buffer.hasArray() && buffer.arrayOffset() == 0 && buffer.array().length == buffer.remaining()) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
