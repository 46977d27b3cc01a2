package io.millrace.connect.avro;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Map;

/** Encoders of what holds other values. */
final class ContainerEncoders {

    private ContainerEncoders() {}

    static ValueEncoder array(ValueEncoder element) {
        return (value, out) -> {
            Collection<?> elements = (Collection<?>) requireNonNull(value);
            int rest = begin(elements.size(), out);
            for (Object each : elements) {
                element.encode(each, out);
                rest--;
            }
            end(rest, out);
        };
    }

    /** Maps with strings for keys, in the order that AvroData's copy has. */
    static ValueEncoder map(ValueEncoder value) {
        return (map, out) -> {
            Map<?, ?> entries = (Map<?, ?>) requireNonNull(map);
            int rest = begin(entries.size(), out);
            for (Map.Entry<?, ?> entry : (rest > 1 ? hashed(entries) : entries).entrySet()) {
                out.writeString((String) entry.getKey());
                value.encode(entry.getValue(), out);
                rest--;
            }
            end(rest, out);
        };
    }

    /** One by one, since a constructor that knows the size would come to another order. */
    private static Map<?, ?> hashed(Map<?, ?> map) {
        Map<Object, Object> hashed = new HashMap<>();
        map.forEach(hashed::put);
        return hashed;
    }

    /** Maps with other keys, as an array of records with key and value. */
    static ValueEncoder entries(ValueEncoder key, ValueEncoder value) {
        return (map, out) -> {
            Map<?, ?> entries = (Map<?, ?>) requireNonNull(map);
            int rest = begin(entries.size(), out);
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                key.encode(entry.getKey(), out);
                value.encode(entry.getValue(), out);
                rest--;
            }
            end(rest, out);
        };
    }

    private static int begin(int size, BinaryOutput out) {
        if (size > 0) {
            out.writeLong(size);
        }
        return size;
    }

    private static void end(int rest, BinaryOutput out) {
        if (rest != 0) {
            throw new ConcurrentModificationException();
        }
        out.writeLong(0);
    }
}
