package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.BasicSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Gives every call its own symbols: units of time, the sides of TRIM, what JSON_VALUE does on an error. Calcite's translator
 * declares equal literals once, and in a branch of a CASE no longer knows the value of one that was declared before it.
 */
final class DistinctSymbols extends RexShuttle {

    private final Literals literals;
    private final Map<RexCall, RelDataType> types = new HashMap<>();

    DistinctSymbols(RelDataTypeFactory typeFactory) {
        this.literals = new Literals(typeFactory);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexCall visited = (RexCall) super.visitCall(call);
        if (visited.getOperands().stream().noneMatch(DistinctSymbols::isSymbol)) {
            return visited;
        }
        // Equal calls keep equal symbols, so that they are computed once.
        RelDataType type = types.computeIfAbsent(visited, equal -> new SymbolType(types.size()));
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : visited.getOperands()) {
            operands.add(isSymbol(operand) ? literals.symbol((RexLiteral) operand, type) : operand);
        }
        return visited.clone(visited.getType(), operands);
    }

    private static boolean isSymbol(RexNode operand) {
        return operand instanceof RexLiteral literal && literal.getTypeName() == SqlTypeName.SYMBOL;
    }

    /** Lends the method that makes a literal of a given type. */
    private static final class Literals extends RexBuilder {

        Literals(RelDataTypeFactory typeFactory) {
            super(typeFactory);
        }

        RexLiteral symbol(RexLiteral symbol, RelDataType type) {
            return makeLiteral(symbol.getValue(), type, SqlTypeName.SYMBOL);
        }
    }

    private static final class SymbolType extends BasicSqlType {

        private final int number;

        SymbolType(int number) {
            super(SqlDialect.types().getTypeSystem(), SqlTypeName.SYMBOL);
            this.number = number;
            computeDigest();
        }

        @Override
        protected void generateTypeString(StringBuilder text, boolean withDetail) {
            text.append("SYMBOL ").append(number);
        }
    }
}
