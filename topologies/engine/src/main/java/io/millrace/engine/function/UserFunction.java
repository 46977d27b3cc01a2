package io.millrace.engine.function;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.jspecify.annotations.Nullable;

/**
 * A function that a query can call.
 *
 * @param name its name in SQL
 * @param method its method
 * @param target the object whose method it is
 */
public record UserFunction(String name, Method method, Object target) {

    /** The SQL types of its parameters; those that may not be null are of primitives. */
    public List<RelDataType> parameterTypes(RelDataTypeFactory types) {
        return Arrays.stream(method.getGenericParameterTypes())
                .map(type -> Objects.requireNonNull(JavaTypes.sqlType(types, type)))
                .toList();
    }

    /** The SQL type of its result. */
    public RelDataType resultType(RelDataTypeFactory types) {
        return Objects.requireNonNull(JavaTypes.sqlType(types, method.getGenericReturnType()));
    }

    /** The names of its parameters, where the class was compiled with them. */
    public List<String> parameterNames() {
        return Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
    }

    /**
     * The result for arguments in Calcite's internal form; null, without a call, when a primitive's is null.
     *
     * @throws RuntimeException what the method throws, or with it as a cause when it is no such
     */
    public @Nullable Object call(@Nullable Object[] arguments) {
        Type[] types = method.getGenericParameterTypes();
        @Nullable Object[] converted = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null && types[i] instanceof Class<?> type && type.isPrimitive()) {
                return null;
            }
            converted[i] = JavaTypes.toJava(arguments[i], types[i]);
        }
        try {
            return JavaTypes.toInternal(method.invoke(target, converted));
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(name + " cannot be called: " + e.getMessage(), e);
        }
    }

    private RuntimeException thrown(Throwable cause) {
        if (cause instanceof RuntimeException known) {
            return known;
        }
        if (cause instanceof VirtualMachineError error && !(cause instanceof StackOverflowError)) {
            throw error;
        }
        return new IllegalArgumentException(name + ": " + cause, cause);
    }
}
