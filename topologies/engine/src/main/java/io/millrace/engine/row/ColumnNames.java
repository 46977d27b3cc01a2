package io.millrace.engine.row;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** Which column a name stands for: the one of just that name, or else the one that differs in case alone. */
final class ColumnNames {

    private final Map<String, RelDataTypeField> exact = new HashMap<>();
    private final Map<String, RelDataTypeField> relaxed = new HashMap<>();

    /**
     * @param isNamed tells of a column's name whether it is among the names that will be asked for, if that is known: then no
     *     other name stands for the column
     */
    ColumnNames(List<RelDataTypeField> columns, Predicate<String> isNamed) {
        for (RelDataTypeField column : columns) {
            exact.put(column.getName(), column);
            if (!isNamed.test(column.getName())) {
                relaxed.putIfAbsent(column.getName().toLowerCase(Locale.ROOT), column);
            }
        }
    }

    @Nullable
    RelDataTypeField columnOf(String name) {
        RelDataTypeField column = exact.get(name);
        return column != null ? column : relaxed.get(name.toLowerCase(Locale.ROOT));
    }
}
