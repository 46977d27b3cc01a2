package io.millrace.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Whether each of two versions of a contract can read what the other has written. */
final class FullCompatibility {

    private FullCompatibility() {}

    /** What stands in the way, in words; empty when nothing does. */
    static List<String> problems(Schema released, Schema current) {
        List<String> problems = new ArrayList<>();
        addMisreadings("the contract cannot read the released version", current, released, problems);
        addMisreadings("the released version cannot read the contract", released, current, problems);
        addLogicalTypes(current.getFullName(), released, current, problems);
        return problems;
    }

    private static void addMisreadings(String what, Schema reader, Schema writer, List<String> problems) {
        for (Incompatibility found : SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()) {
            problems.add(what + ": " + found.getType() + " at " + found.getLocation() + ", " + found.getMessage());
        }
    }

    /** A logical type says what a number means; Avro does not compare it, and would read microseconds as milliseconds. */
    private static void addLogicalTypes(String where, Schema released, Schema current, List<String> problems) {
        if (released.getType() != current.getType()) {
            return;
        }
        if (!Objects.equals(name(released), name(current))) {
            problems.add(where + " was of logical type " + name(released) + " and now is " + name(current));
        }
        switch (current.getType()) {
            case RECORD -> {
                for (Schema.Field field : current.getFields()) {
                    Schema.Field old = released.getField(field.name());
                    if (old != null) {
                        addLogicalTypes(where + "." + field.name(), old.schema(), field.schema(), problems);
                    }
                }
            }
            case ARRAY -> addLogicalTypes(where + "[]", released.getElementType(), current.getElementType(), problems);
            case MAP -> addLogicalTypes(where + "{}", released.getValueType(), current.getValueType(), problems);
            case UNION ->
                branches(released)
                        .forEach(old -> branches(current)
                                .filter(branch -> branch.getFullName().equals(old.getFullName()))
                                .forEach(branch -> addLogicalTypes(where, old, branch, problems)));
            default -> {}
        }
    }

    private static Stream<Schema> branches(Schema union) {
        return union.getTypes().stream();
    }

    private static String name(Schema schema) {
        LogicalType type = schema.getLogicalType();
        return type == null ? "none" : type.getName();
    }
}
