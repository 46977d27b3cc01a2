package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Gives the columns that a lambda names to it as further parameters, since Calcite's validator lets it name its own parameters only. */
final class LambdaCaptures extends SqlShuttle {

    private LambdaCaptures() {}

    /** The query or condition with each {@code "EXISTS"} that captures columns made a call of {@link ExistsWithCaptures}. */
    static SqlNode rewrite(SqlNode node) {
        SqlNode rewritten = node.accept(new LambdaCaptures());
        return rewritten == null ? node : rewritten;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall of)
                || !of.getOperator().getName().equalsIgnoreCase(SqlLibraryOperators.EXISTS.getName())
                || of.operandCount() != ExistsWithCaptures.OWN_OPERANDS
                || !(of.operand(1) instanceof SqlLambda lambda)
                || lambda.getParameters().size() != 1) {
            return visited;
        }
        Captures captures = new Captures(lambda.getParameters());
        SqlNode body = lambda.getExpression().accept(captures);
        if (body == null || captures.byName.isEmpty()) {
            return visited;
        }
        List<SqlNode> parameters = new ArrayList<>(lambda.getParameters());
        List<SqlNode> operands = new ArrayList<>(List.of(of.operand(0)));
        captures.byName.values().forEach(capture -> parameters.add(capture.parameter()));
        operands.add(new SqlLambda(
                lambda.getParserPosition(),
                new SqlNodeList(parameters, lambda.getParameters().getParserPosition()),
                body));
        captures.byName.values().forEach(capture -> operands.add(capture.column()));
        return ExistsWithCaptures.INSTANCE.createCall(of.getParserPosition(), operands);
    }

    private record Capture(SqlIdentifier column, SqlIdentifier parameter) {}

    /** Puts a parameter in the place of each column that is named. */
    private static final class Captures extends SqlShuttle {

        private final Map<String, Capture> byName = new LinkedHashMap<>();
        private final Set<String> own = new HashSet<>();

        Captures(SqlNodeList parameters) {
            addOwn(parameters);
        }

        private void addOwn(SqlNodeList parameters) {
            for (SqlNode parameter : parameters) {
                own.add(lower(((SqlIdentifier) parameter).names.get(0)));
            }
        }

        private static String lower(String name) {
            return name.toLowerCase(Locale.ROOT);
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier identifier) {
            if (own.contains(lower(identifier.names.get(0))) || identifier.isStar()) {
                return identifier;
            }
            return byName.computeIfAbsent(lower(String.join("\0", identifier.names)), name -> {
                        String parameter = "captured" + byName.size();
                        while (own.contains(parameter)) {
                            parameter += "_";
                        }
                        return new Capture(identifier, new SqlIdentifier(parameter, identifier.getParserPosition()));
                    })
                    .parameter();
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            if (call instanceof SqlLambda) {
                // It has had its captures made parameters, and names nothing else.
                return call;
            }
            return super.visit(call);
        }
    }
}
