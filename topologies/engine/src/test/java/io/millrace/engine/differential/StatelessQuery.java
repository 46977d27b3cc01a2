package io.millrace.engine.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * A query without state, in both dialects.
 *
 * @param columns what it selects behind the row's id
 * @param condition its WHERE, or null
 */
record StatelessQuery(List<Expression> columns, Expression condition) {

    static StatelessQuery of(Expression only) {
        return new StatelessQuery(List.of(only), null);
    }

    String here() {
        StringBuilder sql = new StringBuilder("SELECT id");
        for (int i = 0; i < columns.size(); i++) {
            sql.append(", ").append(columns.get(i).here()).append(" AS e").append(i);
        }
        sql.append(" FROM t");
        return condition == null ? sql.toString() : sql + " WHERE " + condition.here();
    }

    /** For each row its id, then for each expression, the condition last, whether it failed and its plain value. */
    String there() {
        List<Expression> all = expressions();
        StringBuilder inner = new StringBuilder("SELECT id");
        StringBuilder outer = new StringBuilder("SELECT id");
        for (int i = 0; i < all.size(); i++) {
            inner.append(", TRY({'v': ")
                    .append(all.get(i).there())
                    .append("}) AS e")
                    .append(i);
            outer.append(", e")
                    .append(i)
                    .append(" IS NULL, ")
                    .append(all.get(i).type().plain("e" + i + ".v"));
        }
        return outer + " FROM (" + inner + " FROM t) ORDER BY id";
    }

    List<Expression> expressions() {
        List<Expression> all = new ArrayList<>(columns);
        if (condition != null) {
            all.add(condition);
        }
        return all;
    }
}
