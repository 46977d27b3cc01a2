package io.millrace.engine.sql.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.JsonFunctions;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON document has at a path: nothing, a value (that of JSON's null is null), or a fault, when the document is no JSON,
 * the path is no path or, in strict mode, leads nowhere.
 */
record JsonPlace(
        @Nullable Object value, boolean isEmpty, @Nullable Exception fault) {

    private static final Pattern LAX = Pattern.compile("\\s*lax\\s(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String NULL_FOUND = String.valueOf(
            Static.RESOURCE.strictPathModeRequiresNonEmptyValue().ex().getMessage());

    static JsonPlace of(String json, String path) {
        BoundedCalls.jsonPath(path);
        JsonFunctions.JsonValueContext document = JsonFunctions.jsonValueExpression(json);
        if (document.exc != null) {
            return new JsonPlace(null, false, document.exc);
        }
        if (document.obj == null) {
            return new JsonPlace(null, true, null);
        }
        Matcher lax = LAX.matcher(path);
        boolean isLax = lax.matches();
        JsonFunctions.JsonPathContext strict =
                JsonFunctions.jsonApiCommonSyntax(document, isLax ? "strict " + lax.group(1) : path);
        if (strict.exc == null || NULL_FOUND.equals(strict.exc.getMessage())) {
            return new JsonPlace(strict.obj, false, null);
        }
        if (!isLax) {
            return new JsonPlace(null, false, strict.exc);
        }
        JsonFunctions.JsonPathContext suppressed = JsonFunctions.jsonApiCommonSyntax(document, path);
        return suppressed.exc == null
                ? new JsonPlace(suppressed.obj, suppressed.obj == null, null)
                : new JsonPlace(null, false, suppressed.exc);
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
