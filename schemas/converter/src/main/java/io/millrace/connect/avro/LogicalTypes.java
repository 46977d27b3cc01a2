package io.millrace.connect.avro;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema.Type;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Connect's logical types between their Java classes, which are those of {@code java.util}, and Avro binary. */
@SuppressWarnings("JavaUtilDate")
final class LogicalTypes {

    private static final long DAY_MS = 24L * 60 * 60 * 1000;

    /** In any case of letters, since Avro's schemas are made so. */
    private static final Set<String> NAMES = names();

    private LogicalTypes() {}

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(Set.of(Decimal.LOGICAL_NAME, Date.LOGICAL_NAME, Time.LOGICAL_NAME, Timestamp.LOGICAL_NAME));
        return names;
    }

    static boolean has(@Nullable String name) {
        return name != null && NAMES.contains(name);
    }

    /** The encoder of a schema with a logical type's name; null where its types are not those of the logical type. */
    static @Nullable ValueEncoder encoder(Schema schema, Type type) {
        String name = schema.name();
        if (isDecimal(schema) && type == Type.BYTES) {
            int scale = scale(schema);
            return (value, out) -> out.writeDecimal(scaled((BigDecimal) requireNonNull(value), scale));
        } else if (schema.type() == Schema.Type.INT32 && type == Type.INT && Date.LOGICAL_NAME.equals(name)) {
            return (value, out) -> out.writeLong(days(millis(value)));
        } else if (schema.type() == Schema.Type.INT32 && type == Type.INT && Time.LOGICAL_NAME.equals(name)) {
            return (value, out) -> out.writeLong(timeOfDay(millis(value)));
        } else if (schema.type() == Schema.Type.INT64 && type == Type.LONG && Timestamp.LOGICAL_NAME.equals(name)) {
            return (value, out) -> out.writeLong(millis(value));
        }
        return null;
    }

    /** The decoder of a schema with a logical type's name; null where its types are not those of the logical type. */
    static @Nullable ValueDecoder decoder(Schema schema, org.apache.avro.Schema avroSchema) {
        String name = schema.name();
        Type type = avroSchema.getType();
        if (isDecimal(schema) && type == Type.BYTES) {
            int scale = scale(schema);
            return in -> in.readDecimal(scale);
        } else if (isDecimal(schema) && type == Type.FIXED) {
            int scale = scale(schema);
            int size = avroSchema.getFixedSize();
            return in -> in.readDecimal(scale, size);
        } else if (schema.type() == Schema.Type.INT32 && type == Type.INT && Date.LOGICAL_NAME.equals(name)) {
            return in -> new java.util.Date(in.readInt() * DAY_MS);
        } else if (schema.type() == Schema.Type.INT32 && type == Type.INT && Time.LOGICAL_NAME.equals(name)) {
            return in -> new java.util.Date(timeOfDay(in.readInt()));
        } else if (schema.type() == Schema.Type.INT64 && type == Type.LONG && Timestamp.LOGICAL_NAME.equals(name)) {
            return in -> new java.util.Date(in.readLong());
        }
        return null;
    }

    private static boolean isDecimal(Schema schema) {
        return schema.type() == Schema.Type.BYTES && Decimal.LOGICAL_NAME.equals(schema.name());
    }

    private static int scale(Schema schema) {
        return Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
    }

    private static long millis(@Nullable Object value) {
        return ((java.util.Date) requireNonNull(value)).getTime();
    }

    private static BigDecimal scaled(BigDecimal value, int scale) {
        if (value.scale() != scale) {
            throw new DataException("Another scale");
        }
        return value;
    }

    private static int days(long millis) {
        if (millis % DAY_MS != 0) {
            throw new DataException("A date with a time");
        }
        return Math.toIntExact(millis / DAY_MS);
    }

    private static long timeOfDay(long millis) {
        if (millis < 0 || millis > DAY_MS) {
            throw new DataException("A time beyond a day");
        }
        return millis;
    }
}
