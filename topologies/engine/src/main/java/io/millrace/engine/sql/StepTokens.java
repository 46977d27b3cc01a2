package io.millrace.engine.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.parser.impl.SimpleCharStream;
import org.apache.calcite.sql.parser.impl.SqlParserImplConstants;
import org.apache.calcite.sql.parser.impl.SqlParserImplTokenManager;
import org.apache.calcite.sql.parser.impl.Token;

/**
 * The tokens of a query, so told that Calcite's grammar takes what it could not: aggregate functions of which the names are words
 * that it reserves and has no use for, and {@code POSITION(a || b IN c FROM n)} with any expressions, which becomes a call like
 * any other, {@code POSITION(a || b, c, n)}.
 */
final class StepTokens extends SqlParserImplTokenManager {

    private static final Set<Integer> NAMES = Set.of(
            SqlParserImplConstants.CORR,
            SqlParserImplConstants.REGR_AVGX,
            SqlParserImplConstants.REGR_AVGY,
            SqlParserImplConstants.REGR_INTERCEPT,
            SqlParserImplConstants.REGR_R2,
            SqlParserImplConstants.REGR_SLOPE,
            SqlParserImplConstants.REGR_SXY);

    private final Deque<Token> ahead = new ArrayDeque<>();

    StepTokens(SimpleCharStream characters) {
        super(characters);
    }

    @Override
    public void ReInit(SimpleCharStream characters) {
        ahead.clear();
        super.ReInit(characters);
    }

    @Override
    public Token getNextToken() {
        Token token = read();
        if (NAMES.contains(token.kind)) {
            token.kind = SqlParserImplConstants.IDENTIFIER;
        } else if (token.kind == SqlParserImplConstants.POSITION) {
            positionCall(token);
        }
        return token;
    }

    private Token read() {
        Token token = ahead.poll();
        return token == null ? super.getNextToken() : token;
    }

    /** Looks at the operands of a call of POSITION, and tells it as one with commas. */
    private void positionCall(Token position) {
        List<Token> call = operands();
        int in = indexOf(call, 0, SqlParserImplConstants.IN);
        if (in >= 0) {
            position.kind = SqlParserImplConstants.IDENTIFIER;
            call.get(in).kind = SqlParserImplConstants.COMMA;
            int from = indexOf(call, in + 1, SqlParserImplConstants.FROM);
            if (from >= 0) {
                call.get(from).kind = SqlParserImplConstants.COMMA;
            }
        }
        for (int i = call.size() - 1; i >= 0; i--) {
            ahead.addFirst(call.get(i));
        }
    }

    /** What is in the parentheses that follow, with them; one token when none do. */
    private List<Token> operands() {
        List<Token> operands = new ArrayList<>();
        int depth = 0;
        do {
            Token token = read();
            operands.add(token);
            depth += depthAfter(token);
            if (token.kind == SqlParserImplConstants.EOF) {
                break;
            }
        } while (depth > 0);
        return operands;
    }

    /** The first token of a kind that is within the outermost parentheses alone. */
    private static int indexOf(List<Token> call, int start, int kind) {
        int depth = 0;
        for (int i = 0; i < call.size(); i++) {
            Token token = call.get(i);
            if (i >= start && depth == 1 && token.kind == kind) {
                return i;
            }
            depth += depthAfter(token);
        }
        return -1;
    }

    private static int depthAfter(Token token) {
        return switch (token.kind) {
            case SqlParserImplConstants.LPAREN, SqlParserImplConstants.CASE -> 1;
            case SqlParserImplConstants.RPAREN, SqlParserImplConstants.END -> -1;
            default -> 0;
        };
    }
}
