package io.millrace.engine.sql.runtime;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.runtime.JsonFunctions;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * JSON_VALUE, JSON_QUERY and JSON_EXISTS as standard SQL has them: a document that is no JSON is an error in lax mode, too, and so
 * is an array or object where JSON_VALUE wants a scalar, a scalar where JSON_QUERY wants none, several values where it has no wrapper,
 * and a value that is not of the type after RETURNING.
 */
public final class JsonCalls {

    private JsonCalls() {}

    /** JSON_VALUE of a document, as a value of {@code type}. */
    public static @Nullable Object value(
            @Nullable String json,
            @Nullable String path,
            SqlTypeName type,
            int precision,
            int scale,
            SqlJsonValueEmptyOrErrorBehavior onEmpty,
            @Nullable Object defaultOnEmpty,
            SqlJsonValueEmptyOrErrorBehavior onError,
            @Nullable Object defaultOnError) {
        if (json == null || path == null) {
            return null;
        }
        JsonPlace place = JsonPlace.of(json, path);
        Exception fault = place.fault();
        if (fault == null && place.isEmpty()) {
            return switch (onEmpty) {
                case ERROR -> throw new IllegalArgumentException("JSON_VALUE finds nothing at " + path);
                case DEFAULT -> defaultOnEmpty;
                case NULL -> null;
            };
        }
        if (fault == null && place.isSeveral()) {
            fault = new IllegalArgumentException(
                    "JSON_VALUE finds several values at " + path + ": use JSON_QUERY WITH WRAPPER");
        }
        if (fault == null && !place.isScalar()) {
            fault = new IllegalArgumentException("JSON_VALUE finds an array or object at " + path + ": use JSON_QUERY");
        }
        if (fault == null) {
            try {
                return place.value() == null ? null : converted(place.value(), type, precision, scale);
            } catch (ArithmeticException | IllegalArgumentException e) {
                fault = e;
            }
        }
        return switch (onError) {
            case ERROR -> throw JsonPlace.failed(fault);
            case DEFAULT -> defaultOnError;
            case NULL -> null;
        };
    }

    private static Object converted(Object value, SqlTypeName type, int precision, int scale) {
        return switch (type) {
            case BOOLEAN -> toBoolean(value);
            case TINYINT -> TextCasts.toTinyint(whole(value));
            case SMALLINT -> TextCasts.toSmallint(whole(value));
            case INTEGER -> TextCasts.toInteger(whole(value));
            case BIGINT -> TextCasts.toBigint(whole(value));
            case REAL -> number(value).floatValue();
            case FLOAT, DOUBLE -> number(value).doubleValue();
            case DECIMAL -> decimal(value, precision, scale);
            default -> value.toString();
        };
    }

    private static boolean toBoolean(Object value) {
        String text = value.toString();
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("'" + text + "' is not a value of BOOLEAN");
        }
        return Boolean.parseBoolean(text);
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(TextCasts.number(value.toString()));
    }

    private static String whole(Object value) {
        return number(value).setScale(0, RoundingMode.HALF_UP).toPlainString();
    }

    private static BigDecimal decimal(Object value, int precision, int scale) {
        BigDecimal rounded = number(value).setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision) {
            throw new ArithmeticException(
                    "'" + value + "' is out of the range of DECIMAL(" + precision + ", " + scale + ")");
        }
        return rounded;
    }

    /** JSON_QUERY of a document, as JSON. */
    public static @Nullable String query(
            @Nullable String json,
            @Nullable String path,
            SqlJsonQueryWrapperBehavior wrapper,
            SqlJsonQueryEmptyOrErrorBehavior onEmpty,
            SqlJsonQueryEmptyOrErrorBehavior onError) {
        if (json == null || path == null) {
            return null;
        }
        JsonPlace place = JsonPlace.of(json, path);
        Exception fault = place.fault();
        if (fault != null) {
            return substitute(onError, fault);
        }
        if (place.isEmpty()) {
            return substitute(onEmpty, new IllegalArgumentException("JSON_QUERY finds nothing at " + path));
        }
        boolean isWrapped = wrapper == SqlJsonQueryWrapperBehavior.WITH_UNCONDITIONAL_ARRAY
                || (wrapper == SqlJsonQueryWrapperBehavior.WITH_CONDITIONAL_ARRAY
                        && (place.isSeveral() || place.isScalar()));
        if (isWrapped) {
            return BoundedCalls.text(JsonFunctions.jsonize(
                    place.isSeveral() ? place.value() : Collections.singletonList(place.value())));
        }
        if (place.isSeveral()) {
            return substitute(
                    onError,
                    new IllegalArgumentException("JSON_QUERY finds several values at " + path + ": use WITH WRAPPER"));
        }
        return place.isScalar()
                ? substitute(
                        onError,
                        new IllegalArgumentException(
                                "JSON_QUERY finds no array or object at " + path + ": use JSON_VALUE, or WITH WRAPPER"))
                : BoundedCalls.text(JsonFunctions.jsonize(place.value()));
    }

    private static @Nullable String substitute(SqlJsonQueryEmptyOrErrorBehavior behaviour, Exception fault) {
        return switch (behaviour) {
            case ERROR -> throw JsonPlace.failed(fault);
            case EMPTY_ARRAY -> JsonFunctions.jsonize(List.of());
            case EMPTY_OBJECT -> "{}";
            case NULL -> null;
        };
    }

    /** JSON_EXISTS of a document. */
    public static @Nullable Boolean exists(
            @Nullable String json, @Nullable String path, SqlJsonExistsErrorBehavior onError) {
        if (json == null || path == null) {
            return null;
        }
        JsonPlace place = JsonPlace.of(json, path);
        Exception fault = place.fault();
        if (fault == null) {
            return !place.isEmpty();
        }
        return switch (onError) {
            case TRUE -> true;
            case FALSE -> false;
            case UNKNOWN -> null;
            case ERROR -> throw JsonPlace.failed(fault);
        };
    }
}
