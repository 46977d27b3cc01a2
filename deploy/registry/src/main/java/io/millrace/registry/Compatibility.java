package io.millrace.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Compares a schema with earlier ones. */
final class Compatibility {

    private Compatibility() {}

    /**
     * Why {@code candidate} cannot follow {@code earlier} under {@code level}; empty when it can.
     *
     * @param earlier the oldest first
     */
    static List<String> problems(
            ParsedSchemas parsed, CompatibilityLevel level, AvroSchema candidate, List<StoredSchema> earlier) {
        List<String> problems = new ArrayList<>();
        int first = level.transitive() ? 0 : Math.max(0, earlier.size() - 1);
        if (level == CompatibilityLevel.NONE) {
            return problems;
        }
        for (int i = earlier.size() - 1; i >= first; i--) {
            StoredSchema other = earlier.get(i);
            String name = "version " + other.version();
            Optional<AvroSchema> schema = parsed.of(other);
            if (schema.isEmpty()) {
                problems.add(name + " is not Avro, or not valid, so that nothing can be compared with it");
                continue;
            }
            if (level.backward()) {
                check("the new schema", candidate.schema(), name, schema.get().schema(), problems);
            }
            if (level.forward()) {
                check(name, schema.get().schema(), "the new schema", candidate.schema(), problems);
            }
        }
        return problems;
    }

    private static void check(
            String readerName, Schema reader, String writerName, Schema writer, List<String> problems) {
        for (Incompatibility found : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
            problems.add(readerName + " cannot read what " + writerName + " writes: " + found.getType() + " at "
                    + found.getLocation() + ": " + found.getMessage());
        }
    }
}
