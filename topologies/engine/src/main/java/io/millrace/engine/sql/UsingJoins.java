package io.millrace.engine.sql;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses USING and NATURAL where they merge a column of more than two relations: Calcite's validator then leaves all but two of them out of
 * the merged column.
 */
final class UsingJoins extends SqlBasicVisitor<@Nullable Void> {

    private UsingJoins() {}

    /** @throws UnsupportedOperationException when a query merges a column more than once */
    static void check(SqlNode query) {
        query.accept(new UsingJoins());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlJoin join) {
            collect(join, new HashSet<>());
        }
        return super.visit(call);
    }

    /** Adds the columns that a tree of joins merges, {@code *} for those that NATURAL finds. */
    private static void collect(SqlNode node, Set<String> merged) {
        if (node.getKind() == SqlKind.AS) {
            collect(((SqlCall) node).operand(0), merged);
            return;
        }
        if (!(node instanceof SqlJoin join)) {
            return;
        }
        collect(join.getLeft(), merged);
        collect(join.getRight(), merged);
        if (join.isNatural()) {
            add("*", merged, !merged.isEmpty());
        } else if (join.getConditionType() == JoinConditionType.USING
                && join.getCondition() instanceof SqlNodeList columns) {
            for (SqlNode column : columns) {
                String name = ((SqlIdentifier) column).getSimple().toLowerCase(Locale.ROOT);
                add(name, merged, merged.contains("*"));
            }
        }
    }

    private static void add(String name, Set<String> merged, boolean isKnown) {
        if (!merged.add(name) || isKnown) {
            throw new UnsupportedOperationException(
                    "USING and NATURAL merge a column of two relations, not of three: put the first two "
                            + "into a query of their own, (SELECT … FROM a JOIN b USING (id)) AS ab JOIN c USING (id)");
        }
    }
}
