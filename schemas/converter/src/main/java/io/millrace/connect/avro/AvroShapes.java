package io.millrace.connect.avro;

import java.util.List;
import org.apache.avro.Schema;

/** What encoders and decoders ask of Avro schemas. */
final class AvroShapes {

    private static final int MAX_DEPTH = 16;

    private AvroShapes() {}

    /** The index of null in a union of null and one other type, in either order; -1 for any other schema. */
    static int nullIndex(Schema schema) {
        if (!schema.isUnion() || schema.getTypes().size() != 2) {
            return -1;
        }
        List<Schema> types = schema.getTypes();
        boolean isFirst = types.get(0).getType() == Schema.Type.NULL;
        boolean isSecond = types.get(1).getType() == Schema.Type.NULL;
        if (isFirst == isSecond) {
            return -1;
        }
        return isFirst ? 0 : 1;
    }

    /** Whether values may take no bytes at all, so that the length of a message does not bound how many there are. */
    static boolean mayTakeNoBytes(Schema schema) {
        return mayTakeNoBytes(schema, 0);
    }

    /** What lies too deep may, for a record may hold itself. */
    private static boolean mayTakeNoBytes(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD ->
                depth > MAX_DEPTH
                        || schema.getFields().stream().allMatch(field -> mayTakeNoBytes(field.schema(), depth + 1));
            default -> false;
        };
    }
}
