package io.millrace.engine.row;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Readers of intervals: of what {@link AvroSchemas} makes of them, months in an int and milliseconds in a long, and of
 * Avro's {@code duration}, which cannot be negative.
 */
final class IntervalReaders {

    private static final long MILLIS_OF_DAY = 86_400_000;

    private IntervalReaders() {}

    private record Duration(long months, long days, long millis) {}

    static @Nullable ValueReader of(IntervalKind kind, Schema schema) {
        return switch (kind) {
            case YEAR_MONTH -> months(schema);
            case DAY_TIME -> millis(schema);
        };
    }

    private static @Nullable ValueReader months(Schema schema) {
        if (TimeReaders.isLogical(schema, "duration")) {
            return decoder -> {
                Duration duration = duration(decoder, schema);
                if (duration.days() != 0 || duration.millis() != 0 || duration.months() > Integer.MAX_VALUE) {
                    throw new UnfitValueException(duration + " is no whole number of months");
                }
                return (int) duration.months();
            };
        }
        return schema.getType() == Schema.Type.INT && schema.getLogicalType() == null ? BinaryDecoder::readInt : null;
    }

    private static @Nullable ValueReader millis(Schema schema) {
        if (TimeReaders.isLogical(schema, "duration")) {
            return decoder -> {
                Duration duration = duration(decoder, schema);
                if (duration.months() != 0) {
                    throw new UnfitValueException(duration + " has months, which are of no one length");
                }
                return duration.days() * MILLIS_OF_DAY + duration.millis();
            };
        }
        return schema.getType() == Schema.Type.LONG && schema.getLogicalType() == null ? BinaryDecoder::readLong : null;
    }

    private static Duration duration(BinaryDecoder decoder, Schema schema) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(TextReaders.bytes(decoder, schema)).order(ByteOrder.LITTLE_ENDIAN);
        return new Duration(
                Integer.toUnsignedLong(bytes.getInt()),
                Integer.toUnsignedLong(bytes.getInt()),
                Integer.toUnsignedLong(bytes.getInt()));
    }
}
