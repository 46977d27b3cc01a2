package io.millrace.connect.avro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.jspecify.annotations.Nullable;

/** Decoders of what holds other values. */
final class ContainerDecoders {

    private ContainerDecoders() {}

    static ValueDecoder array(ValueDecoder element) {
        return in -> {
            int count = in.readFirstCount();
            List<@Nullable Object> elements = new ArrayList<>(GenericDatumReader.initialCollectionCapacity(count));
            while (count > 0) {
                for (int i = 0; i < count; i++) {
                    elements.add(element.decode(in));
                }
                count = in.readNextCount(elements.size());
            }
            return elements;
        };
    }

    /** Maps with keys of any type: a key stands before its value, alone or as a record of both. */
    static ValueDecoder map(ValueDecoder key, ValueDecoder value) {
        return in -> {
            int count = in.readFirstCount();
            Map<@Nullable Object, @Nullable Object> map =
                    new HashMap<>(GenericDatumReader.initialCollectionCapacity(count));
            int before = 0;
            while (count > 0) {
                for (int i = 0; i < count; i++) {
                    map.put(key.decode(in), value.decode(in));
                }
                before += count;
                count = in.readNextCount(before);
            }
            return map;
        };
    }
}
