package io.millrace.engine.sql.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.JsonFunctions;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON document has at a path: nothing, a value (that of JSON's null is null), several, of which the value is the list, or a fault,
 * when the document is no JSON, the path is no path or, in strict mode, leads nowhere.
 */
record JsonPlace(
        @Nullable Object value, Found found, @Nullable Exception fault) {

    enum Found {
        NOTHING,
        ONE,
        SEVERAL
    }

    private static final Pattern LAX = Pattern.compile("\\s*lax\\s(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String NULL_FOUND = String.valueOf(
            Static.RESOURCE.strictPathModeRequiresNonEmptyValue().ex().getMessage());

    static JsonPlace of(String json, String path) {
        BoundedCalls.jsonPath(path);
        JsonFunctions.JsonValueContext document = JsonFunctions.jsonValueExpression(json);
        if (document.exc != null) {
            return new JsonPlace(null, Found.NOTHING, document.exc);
        }
        if (document.obj == null) {
            return new JsonPlace(null, Found.NOTHING, null);
        }
        Matcher lax = LAX.matcher(path);
        boolean isLax = lax.matches();
        JsonFunctions.JsonPathContext strict =
                JsonFunctions.jsonApiCommonSyntax(document, isLax ? "strict " + lax.group(1) : path);
        if (strict.exc == null || NULL_FOUND.equals(strict.exc.getMessage())) {
            return found(strict.obj, path);
        }
        if (!isLax) {
            return new JsonPlace(null, Found.NOTHING, strict.exc);
        }
        JsonFunctions.JsonPathContext suppressed = JsonFunctions.jsonApiCommonSyntax(document, path);
        return suppressed.exc == null
                ? suppressed.obj == null ? new JsonPlace(null, Found.NOTHING, null) : found(suppressed.obj, path)
                : new JsonPlace(null, Found.NOTHING, suppressed.exc);
    }

    private static JsonPlace found(@Nullable Object value, String path) {
        if (!(value instanceof List<?> values) || !JsonPaths.findsMany(path)) {
            return new JsonPlace(value, Found.ONE, null);
        }
        return switch (values.size()) {
            case 0 -> new JsonPlace(null, Found.NOTHING, null);
            case 1 -> new JsonPlace(values.get(0), Found.ONE, null);
            default -> new JsonPlace(values, Found.SEVERAL, null);
        };
    }

    /** Whether there is nothing, and no fault either. */
    boolean isEmpty() {
        return found == Found.NOTHING && fault == null;
    }

    boolean isSeveral() {
        return found == Found.SEVERAL;
    }

    /** Whether the value is no array and no object. */
    boolean isScalar() {
        return !(value instanceof Collection<?>) && !(value instanceof Map<?, ?>);
    }

    /** What fails where errors are asked for. */
    static RuntimeException failed(Exception fault) {
        return fault instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalArgumentException(Objects.toString(fault.getMessage(), fault.toString()), fault);
    }
}
