package io.millrace.engine.sql;

import io.millrace.document.Text;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The relations that a query reads, found before it is typed: they say in which order steps can be planned. */
public final class QueryInputs {

    private QueryInputs() {}

    /** The names after FROM, JOIN and TABLE, as written; empty when the text is no query. */
    public static Set<String> of(Text sql) {
        try {
            QueryBounds.check(sql.value());
            return DeepStack.call(() -> find(sql.value()));
        } catch (UnsupportedOperationException e) {
            // Planning the step says what is wrong with it.
            return Set.of();
        }
    }

    private static Set<String> find(String sql) {
        Set<String> names = new LinkedHashSet<>();
        try {
            SqlNode parsed = SqlParser.create(sql, SqlDialect.PARSER).parseQuery();
            QueryBounds.check(parsed);
            parsed.accept(new Finder(names));
        } catch (SqlParseException e) {
            return Set.of();
        }
        return names;
    }

    private static final class Finder extends SqlBasicVisitor<@Nullable Void> {

        private final Set<String> names;

        Finder(Set<String> names) {
            this.names = names;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect select) {
                from(select.getFrom());
            } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
                from(call.operand(0));
            }
            return super.visit(call);
        }

        private void from(@Nullable SqlNode from) {
            if (from instanceof SqlIdentifier identifier) {
                names.add(identifier.names.get(identifier.names.size() - 1));
            } else if (from instanceof SqlJoin join) {
                from(join.getLeft());
                from(join.getRight());
            } else if (from instanceof SqlBasicCall call
                    && (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.TABLE_REF)) {
                from(call.operand(0));
            }
        }
    }
}
