package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.sql.CompiledExpressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Makes a row for each element of collections in it. */
public final class Unnesting {

    private Unnesting() {}

    /**
     * Rows once for each element, its columns behind their own; the columns of an element that is a row each stand for themselves, a map
     * gives its keys and values. Collections side by side end with the longest, nulls behind the others.
     *
     * @param elementWidths for each collection, how many columns an element gives; -1 for one column that is the element itself
     */
    public static OperatorFactory of(
            CompiledExpressions collections,
            List<Integer> elementWidths,
            boolean withOrdinality,
            boolean isLeft,
            RelDataType rowType,
            Failures failures,
            OperatorFactory next) {
        int added = elementWidths.stream().mapToInt(width -> Math.max(1, width)).sum() + (withOrdinality ? 1 : 0);
        return context -> {
            Operator downstream = next.create(context);
            return Operator.stateless(downstream, change -> {
                List<Row> before = List.of();
                if (change.before() != null) {
                    try {
                        before = rows(
                                collections, elementWidths, withOrdinality, isLeft, added, context, change.before());
                    } catch (RuntimeException e) {
                        before = List.of(); // It gave none when it came.
                    }
                }
                List<Row> after = List.of();
                if (change.after() != null) {
                    try {
                        after = rows(
                                collections, elementWidths, withOrdinality, isLeft, added, context, change.after());
                    } catch (RuntimeException e) {
                        failures.expression(context, change, e, rowType, change.after());
                    }
                }
                for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                    Calculation.pass(
                            downstream,
                            change,
                            i < before.size() ? before.get(i) : null,
                            i < after.size() ? after.get(i) : null);
                }
            });
        };
    }

    private static List<Row> rows(
            CompiledExpressions collections,
            List<Integer> elementWidths,
            boolean withOrdinality,
            boolean isLeft,
            int added,
            OperatorContext context,
            Row row) {
        Row values = collections.evaluate(context.expressions(), row);
        List<List<?>> elements = new ArrayList<>();
        int count = 0;
        for (int c = 0; c < values.size(); c++) {
            Object value = values.get(c);
            List<?> list = value instanceof Map<?, ?> map
                    ? new ArrayList<>(map.entrySet())
                    : value == null ? List.of() : (List<?>) value;
            elements.add(list);
            count = Math.max(count, list.size());
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            @Nullable Object[] unnested = new Object[added];
            int place = 0;
            for (int c = 0; c < values.size(); c++) {
                int width = elementWidths.get(c);
                if (i < elements.get(c).size()) {
                    put(unnested, place, elements.get(c).get(i), width);
                }
                place += Math.max(1, width);
            }
            if (withOrdinality) {
                unnested[place] = i + 1;
            }
            rows.add(row.with(unnested));
        }
        if (rows.isEmpty() && isLeft) {
            rows.add(Row.joined(row, Row.nulls(added)));
        }
        return rows;
    }

    private static void put(@Nullable Object[] row, int place, @Nullable Object element, int width) {
        if (element instanceof Map.Entry<?, ?> entry) {
            row[place] = entry.getKey();
            row[place + 1] = entry.getValue();
        } else if (width < 0) {
            row[place] = element;
        } else if (element != null) {
            Object[] fields = element instanceof List<?> list ? list.toArray() : (Object[]) element;
            System.arraycopy(fields, 0, row, place, width);
        }
    }
}
