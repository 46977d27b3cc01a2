package io.millrace.engine.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.util.BuiltInMethod;

/** Objects that generated code asks its {@link RowContext} for, since they cannot be written as Java. */
final class Constants {

    private final Map<String, Object> byName = new LinkedHashMap<>();

    /** Keeps an object; the name tells it apart from others of the same expressions. */
    String add(Object value) {
        String name = "constant" + byName.size();
        byName.put(name, value);
        return name;
    }

    Map<String, Object> byName() {
        return Map.copyOf(byName);
    }

    /** The code that gets the object of this name. */
    static Expression get(Expression root, String name, Class<?> type) {
        return Expressions.convert_(
                Expressions.call(root, BuiltInMethod.DATA_CONTEXT_GET.method, Expressions.constant(name)), type);
    }
}
