package io.millrace.engine.sql;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Something of a query that cannot be run, with what is known of its place; {@link ClausePlaces} finds the place itself. */
public final class RefusedException extends UnsupportedOperationException {

    private final transient SqlParserPos position;
    private final transient @Nullable RelNode relation;

    private RefusedException(
            SqlParserPos position, @Nullable RelNode relation, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.position = position;
        this.relation = relation;
    }

    /** A refusal of what stands at a place. */
    static RefusedException at(SqlParserPos position, String message) {
        return new RefusedException(position, null, message, null);
    }

    /** A refusal while a relation was compiled, unless its place is known more closely already. */
    public static RefusedException of(RelNode relation, UnsupportedOperationException refusal) {
        return refusal instanceof RefusedException known
                ? known
                : new RefusedException(SqlParserPos.ZERO, relation, refusal.getMessage(), refusal);
    }

    /** A refusal of an expression, unless its place is known more closely already. */
    static RefusedException of(RexNode expression, UnsupportedOperationException refusal) {
        return refusal instanceof RefusedException known
                ? known
                : new RefusedException(ExpressionPlaces.first(expression), null, refusal.getMessage(), refusal);
    }

    /** Where it is in the query; zero when that is not known. */
    SqlParserPos position() {
        return position;
    }

    /** The relation that could not be compiled. */
    @Nullable
    RelNode relation() {
        return relation;
    }
}
