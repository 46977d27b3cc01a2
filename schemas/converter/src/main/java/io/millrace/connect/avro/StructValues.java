package io.millrace.connect.avro;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Sets the fields of structs to values that are known to fit. {@link Struct#put(Field, Object)} would prove it for each value anew, all
 * that it holds included, and write a text for the case that it does not. Where Connect keeps the values otherwise than in an array, that
 * is what is called.
 */
final class StructValues {

    private static final @Nullable MethodHandle VALUES = values();

    private StructValues() {}

    private static @Nullable MethodHandle values() {
        try {
            return MethodHandles.privateLookupIn(Struct.class, MethodHandles.lookup())
                    .findGetter(Struct.class, "values", Object[].class);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** The values of {@code struct} by the index of their field, to be written to; null where they cannot be reached. */
    static @Nullable Object @Nullable [] of(Struct struct) {
        if (VALUES == null) {
            return null;
        }
        try {
            return (Object[]) VALUES.invokeExact(struct);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
