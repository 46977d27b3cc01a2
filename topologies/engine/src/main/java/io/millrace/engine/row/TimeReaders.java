package io.millrace.engine.row;

import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Readers of dates, times of a day and timestamps, in whichever unit the writer counts them. */
final class TimeReaders {

    private static final long MILLIS = 1_000;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    private TimeReaders() {}

    static @Nullable ValueReader date(Schema schema) {
        return isLogical(schema, "date") ? BinaryDecoder::readInt : null;
    }

    static @Nullable ValueReader time(Schema schema, RelDataType type) {
        if (isLogical(schema, "time-millis")) {
            return decoder -> ExactValues.time(decoder.readInt(), MILLIS, type);
        }
        return isLogical(schema, "time-micros") ? decoder -> ExactValues.time(decoder.readLong(), MICROS, type) : null;
    }

    /** Local and other timestamps are read as each other: a time zone is a matter of who looks at them. */
    static @Nullable ValueReader timestamp(Schema schema, RelDataType type) {
        for (String prefix : new String[] {"timestamp-", "local-timestamp-"}) {
            if (isLogical(schema, prefix + "millis")) {
                return decoder -> ExactValues.time(decoder.readLong(), MILLIS, type);
            }
            if (isLogical(schema, prefix + "micros")) {
                return decoder -> ExactValues.time(decoder.readLong(), MICROS, type);
            }
            if (isLogical(schema, prefix + "nanos")) {
                return decoder -> ExactValues.time(decoder.readLong(), NANOS, type);
            }
        }
        return null;
    }

    static boolean isLogical(Schema schema, String name) {
        return schema.getLogicalType() != null
                && schema.getLogicalType().getName().equals(name);
    }
}
