package io.millrace.connect.avro;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The encodings of the schemas that have been written. A schema is looked for among equal ones, which costs next to nothing for an
 * object that has been seen last: a connector that makes its schemas anew pays a comparison only when it does. Thread-safe.
 */
final class Encodings {

    private record Known(Schema schema, Encoding encoding) {}

    private final int maxCached;
    private final Function<Schema, Encoding> make;
    private final Map<Schema, Known> known = new ConcurrentHashMap<>();
    private volatile @Nullable Known last;

    /**
     * Empty.
     *
     * @param maxCached how many schemas are remembered at most
     * @param make makes the encoding of a schema
     */
    Encodings(int maxCached, Function<Schema, Encoding> make) {
        this.maxCached = maxCached;
        this.make = make;
    }

    Encoding of(Schema schema) {
        Known candidate = last;
        if (candidate == null || candidate.schema() != schema) {
            candidate = find(schema);
            last = candidate;
        }
        return candidate.encoding();
    }

    private Known find(Schema schema) {
        Known found = known.get(schema);
        if (found != null && found.schema() == schema) {
            return found;
        }
        Known added = new Known(schema, found == null ? make.apply(schema) : found.encoding());
        if (found != null) {
            known.remove(schema);
        } else if (known.size() >= maxCached) {
            known.clear();
        }
        known.put(schema, added);
        return added;
    }
}
