package io.millrace.engine.sql;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Where expressions begin in the query that they are of. */
final class ExpressionPlaces extends RexVisitorImpl<@Nullable Void> {

    private final boolean isOverOnly;
    private SqlParserPos first = SqlParserPos.ZERO;

    private ExpressionPlaces(boolean isOverOnly) {
        super(true);
        this.isOverOnly = isOverOnly;
    }

    /** The first place of any part; zero when there is none. */
    static SqlParserPos first(RexNode expression) {
        return first(expression, false);
    }

    /** The first place of a function OVER rows; zero when there is none. */
    static SqlParserPos firstOver(RexNode expression) {
        return first(expression, true);
    }

    private static SqlParserPos first(RexNode expression, boolean isOverOnly) {
        ExpressionPlaces places = new ExpressionPlaces(isOverOnly);
        expression.accept(places);
        return places.first;
    }

    /** The earlier of two places, of which zero is none. */
    static SqlParserPos earlier(SqlParserPos left, SqlParserPos right) {
        if (left.getLineNum() == 0 || right.getLineNum() == 0) {
            return left.getLineNum() == 0 ? right : left;
        }
        boolean isLeft = left.getLineNum() < right.getLineNum()
                || (left.getLineNum() == right.getLineNum() && left.getColumnNum() <= right.getColumnNum());
        return isLeft ? left : right;
    }

    @Override
    public @Nullable Void visitCall(RexCall call) {
        if (!isOverOnly) {
            first = earlier(first, call.getParserPosition());
        }
        return super.visitCall(call);
    }

    @Override
    public @Nullable Void visitOver(RexOver over) {
        first = earlier(first, over.getParserPosition());
        return super.visitOver(over);
    }
}
