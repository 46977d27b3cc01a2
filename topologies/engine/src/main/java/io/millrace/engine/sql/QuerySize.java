package io.millrace.engine.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/**
 * What a query comes to once every name of a WITH stands for its query, as it does in the plan: forty short lines can be a
 * trillion joins.
 *
 * @param relations that it reads, each as often as it is read
 * @param joins between them
 */
record QuerySize(long relations, long joins) {

    /** More than any bound, and far from where sums run over. */
    private static final long MANY = 1L << 40;

    private static final QuerySize NONE = new QuerySize(0, 0);
    private static final QuerySize ONE_RELATION = new QuerySize(1, 0);

    static QuerySize of(SqlNode query) {
        return of(query, Map.of());
    }

    private QuerySize plus(QuerySize other) {
        return new QuerySize(Math.min(MANY, relations + other.relations), Math.min(MANY, joins + other.joins));
    }

    private static QuerySize of(@Nullable SqlNode node, Map<String, QuerySize> named) {
        if (node instanceof SqlWith with) {
            Map<String, QuerySize> all = new HashMap<>(named);
            for (SqlNode item : with.withList) {
                SqlWithItem defined = (SqlWithItem) item;
                all.put(key(defined.name), of(defined.query, all));
            }
            return of(with.body, all);
        }
        if (node instanceof SqlSelect select) {
            QuerySize size = ofRelation(select.getFrom(), named);
            for (SqlNode operand : select.getOperandList()) {
                size = operand == select.getFrom() ? size : size.plus(of(operand, named));
            }
            return size;
        }
        if (node != null && node.getKind() == SqlKind.EXPLICIT_TABLE) {
            return ofRelation(((SqlCall) node).operand(0), named);
        }
        if (node instanceof SqlCall call) {
            return sum(call.getOperandList(), named);
        }
        return node instanceof Iterable<?> list ? sum(list, named) : NONE;
    }

    private static QuerySize sum(Iterable<?> nodes, Map<String, QuerySize> named) {
        QuerySize size = NONE;
        for (Object node : nodes) {
            size = node instanceof SqlNode operand ? size.plus(of(operand, named)) : size;
        }
        return size;
    }

    private static QuerySize ofRelation(@Nullable SqlNode from, Map<String, QuerySize> named) {
        if (from instanceof SqlIdentifier identifier) {
            return named.getOrDefault(key(identifier), ONE_RELATION);
        }
        if (from instanceof SqlJoin join) {
            return ofRelation(join.getLeft(), named)
                    .plus(ofRelation(join.getRight(), named))
                    .plus(of(join.getCondition(), named))
                    .plus(new QuerySize(0, 1));
        }
        if (from instanceof SqlBasicCall call
                && List.of(SqlKind.AS, SqlKind.TABLE_REF).contains(call.getKind())) {
            return ofRelation(call.operand(0), named);
        }
        return of(from, named);
    }

    private static String key(SqlIdentifier name) {
        return name.names.get(name.names.size() - 1).toLowerCase(Locale.ROOT);
    }
}
