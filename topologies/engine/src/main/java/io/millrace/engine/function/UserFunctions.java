package io.millrace.engine.function;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.jspecify.annotations.Nullable;

/** The functions that users have added, by name, and what is wrong with those that cannot be called. Immutable. */
public final class UserFunctions {

    /** No functions but the built-in ones. */
    public static final UserFunctions NONE = new UserFunctions(Map.of(), Map.of(), List.of());

    private static final Pattern PROVIDER = Pattern.compile("Provider ([\\w.$]+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final int MAX_PROVIDERS = 10_000;

    private final Map<String, UserFunction> functions;
    private final Map<String, String> faults;
    private final List<String> unnamed;

    private UserFunctions(Map<String, UserFunction> functions, Map<String, String> faults, List<String> unnamed) {
        this.functions = Map.copyOf(functions);
        this.faults = Map.copyOf(faults);
        this.unnamed = List.copyOf(unnamed);
    }

    /**
     * The functions that {@code loader} knows. Throws nothing, whatever their classes do: a class that cannot be a function is a
     * fault under its name.
     */
    public static UserFunctions load(ClassLoader loader) {
        Builder builder = new Builder();
        Iterator<ServiceLoader.Provider<ScalarFunction>> providers =
                ServiceLoader.load(ScalarFunction.class, loader).stream().iterator();
        for (int i = 0; i < MAX_PROVIDERS; i++) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<ScalarFunction> provider = providers.next();
                builder.add(provider.type(), provider);
            } catch (ServiceConfigurationError | LinkageError e) {
                builder.unloaded(e);
            }
        }
        return builder.build();
    }

    /** The function of this name, in any case; null when there is none that can be called. */
    public @Nullable UserFunction find(String name) {
        return functions.get(name.toUpperCase(Locale.ROOT));
    }

    /** Why the function of this name cannot be called; null when it can, or when there is none. */
    public @Nullable String fault(String name) {
        return faults.get(name.toUpperCase(Locale.ROOT));
    }

    /** What was listed as a function, but could not be loaded so far as to have a name. */
    public List<String> unnamedFaults() {
        return unnamed;
    }

    /** The functions that can be called. */
    public Collection<UserFunction> all() {
        return functions.values();
    }

    private static final class Builder {

        /** Only to see whether there is a type. */
        private final RelDataTypeFactory types = new SqlTypeFactoryImpl(RelDataTypeSystem.DEFAULT);

        private final Map<String, UserFunction> functions = new LinkedHashMap<>();
        private final Map<String, String> faults = new LinkedHashMap<>();
        private final Map<String, String> classes = new LinkedHashMap<>();
        private final List<String> unnamed = new ArrayList<>();

        UserFunctions build() {
            return new UserFunctions(functions, faults, unnamed);
        }

        void unloaded(Throwable error) {
            Matcher provider = PROVIDER.matcher(String.valueOf(error.getMessage()));
            if (provider.find()) {
                String className = provider.group(1);
                faults.put(
                        sqlName(className.substring(className.lastIndexOf('.') + 1)),
                        "its class " + className + " cannot be loaded: " + describe(error));
            } else {
                unnamed.add(describe(error));
            }
        }

        void add(Class<? extends ScalarFunction> type, ServiceLoader.Provider<ScalarFunction> provider) {
            String name = sqlName(type.getSimpleName());
            try {
                FunctionName given = type.getAnnotation(FunctionName.class);
                if (given != null) {
                    name = given.value().toUpperCase(Locale.ROOT);
                }
                String other = classes.putIfAbsent(name, type.getName());
                if (other != null) {
                    functions.remove(name);
                    faults.put(name, "two classes have that name, " + other + " and " + type.getName());
                } else {
                    functions.put(name, function(name, type, provider));
                }
            } catch (IllegalArgumentException e) {
                faults.put(name, "its class " + type.getName() + " " + e.getMessage());
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                faults.put(name, "its class " + type.getName() + " cannot be used: " + describe(e));
            }
        }

        private UserFunction function(
                String name, Class<? extends ScalarFunction> type, ServiceLoader.Provider<ScalarFunction> provider) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("has a name that SQL cannot call, '" + name + "'");
            }
            Method method = method(type);
            for (Type parameter : method.getGenericParameterTypes()) {
                requireSqlType(method, parameter);
            }
            requireSqlType(method, method.getGenericReturnType());
            return new UserFunction(name, method, provider.get());
        }

        private static Method method(Class<?> type) {
            List<Method> candidates = Arrays.stream(type.getMethods())
                    .filter(method -> !method.isBridge() && !method.isSynthetic())
                    .filter(method -> !Modifier.isStatic(method.getModifiers()))
                    .filter(method -> !isOfObject(method))
                    .toList();
            if (candidates.size() == 1) {
                return candidates.get(0);
            }
            throw new IllegalArgumentException(
                    candidates.isEmpty()
                            ? "has no public method, which would be the function"
                            : "has " + candidates.size()
                                    + " public methods, where one is the function: make the others private");
        }

        private static boolean isOfObject(Method method) {
            if (method.getDeclaringClass() == Object.class) {
                return true;
            }
            try {
                Object.class.getMethod(method.getName(), method.getParameterTypes());
                return true;
            } catch (NoSuchMethodException e) {
                return false;
            }
        }

        private void requireSqlType(Method method, Type type) {
            if (JavaTypes.sqlType(types, type) == null) {
                throw new IllegalArgumentException("has " + type.getTypeName() + " in its method " + method.getName()
                        + ", which is no type of SQL; there are " + JavaTypes.KNOWN);
            }
        }

        private static String sqlName(String simpleName) {
            return simpleName
                    .substring(simpleName.lastIndexOf('$') + 1)
                    .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                    .toUpperCase(Locale.ROOT);
        }

        private static String describe(Throwable error) {
            Throwable cause = error;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.getMessage() == null
                    ? cause.toString()
                    : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        }
    }
}
