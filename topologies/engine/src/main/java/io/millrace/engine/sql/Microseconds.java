package io.millrace.engine.sql;

import static io.millrace.engine.sql.TimeNodes.isMicros;

import io.millrace.engine.row.TimeResolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Gives expressions over TIME and TIMESTAMP with more than three digits their meaning. Calcite's runtime counts
 * milliseconds; here they are counted in microseconds, and to Calcite they are BIGINTs: columns, literals and results are
 * retyped ({@link #erase}), units are brought together where two meet, and each operator becomes arithmetic or its like over
 * milliseconds with the rest carried by. What has no such form is refused: a wrong unit would be a wrong value without a
 * word. On the way, casts between timestamps of milliseconds and texts are made to keep what Calcite's would drop.
 */
final class Microseconds extends RexShuttle {

    private static final Set<SqlKind> COMPARISONS = Set.of(
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM);

    /** Operators that give one of their operands. */
    private static final Set<SqlKind> CHOICES =
            Set.of(SqlKind.CASE, SqlKind.COALESCE, SqlKind.NULLIF, SqlKind.NVL, SqlKind.GREATEST, SqlKind.LEAST);

    /** Operators to which values are things to put somewhere or to count, whatever they mean. */
    private static final Set<SqlKind> CONTAINERS = Set.of(
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.ROW,
            SqlKind.ARRAY_VALUE_CONSTRUCTOR,
            SqlKind.MAP_VALUE_CONSTRUCTOR,
            SqlKind.ITEM);

    private static final Set<SqlOperator> OTHER_CONTAINERS = Set.of(
            SqlStdOperatorTable.CARDINALITY,
            SqlLibraryOperators.ARRAY_LENGTH,
            SqlLibraryOperators.MAP_KEYS,
            SqlLibraryOperators.MAP_VALUES);

    private final RexBuilder builder;
    private final TimeNodes nodes;
    private final TimeCasts casts;
    private final TimeArithmetic arithmetic;

    private Microseconds(RexBuilder builder) {
        this.builder = builder;
        this.nodes = new TimeNodes(builder);
        this.casts = new TimeCasts(nodes);
        this.arithmetic = new TimeArithmetic(nodes);
    }

    /**
     * Expressions that Calcite can compile, over rows of {@link #erase}d type.
     *
     * @throws UnsupportedOperationException for an operator that cannot be applied to microseconds; the message says which
     */
    static List<RexNode> rewrite(RexBuilder builder, List<? extends RexNode> expressions) {
        Microseconds microseconds = new Microseconds(builder);
        Comparisons comparisons = new Comparisons(builder);
        List<RexNode> rewritten = new ArrayList<>();
        for (RexNode expression : expressions) {
            rewritten.add(expression.accept(comparisons).accept(microseconds));
        }
        return rewritten;
    }

    /**
     * Refuses a query with an operator that cannot be applied to microseconds.
     *
     * @throws UnsupportedOperationException saying which
     */
    static void check(RexBuilder builder, RelNode query) {
        // TUMBLE and its like describe a column by a call; they are no expressions over it.
        if (!(query instanceof TableFunctionScan)) {
            query.accept(new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                    rewrite(builder, List.of(call));
                    return call;
                }
            });
        }
        query.getInputs().forEach(input -> check(builder, input));
    }

    /** A type with BIGINT in place of every TIME and TIMESTAMP that is counted in microseconds. */
    static RelDataType erase(RelDataType type) {
        return TimeNodes.erase(type);
    }

    @Override
    public RexNode visitInputRef(RexInputRef input) {
        RelDataType erased = erase(input.getType());
        return erased.equals(input.getType()) ? input : new RexInputRef(input.getIndex(), erased);
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        return builder.makeFieldAccess(
                access.getReferenceExpr().accept(this), access.getField().getIndex());
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
        return nodes.literal(literal);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        if (call.getKind() == SqlKind.SEARCH && hasMicros(call)) {
            return RexUtil.expandSearch(builder, null, call).accept(this);
        }
        RexNode special = arithmetic.difference(call, this);
        if (special != null) {
            return special;
        }
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            operands.add(operand.accept(this));
        }
        boolean isCast = call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST;
        // With a second operand it is the FORMAT of a text.
        if (isCast && operands.size() == 1) {
            return casts.cast(call, operands.get(0));
        }
        return hasMicros(call) ? overMicros(call, operands) : same(call, operands);
    }

    private RexNode overMicros(RexCall call, List<RexNode> operands) {
        SqlKind kind = call.getKind();
        if (COMPARISONS.contains(kind)) {
            return same(
                    call, brought(call, operands, call.getOperands().stream().anyMatch(TimeNodes::isMicros)));
        }
        if (CHOICES.contains(kind)) {
            return same(call, brought(call, operands, isMicros(call)));
        }
        if (CONTAINERS.contains(kind) || OTHER_CONTAINERS.contains(call.getOperator())) {
            return same(call, brought(call, operands, isCollectionOfMicros(call.getType())));
        }
        RexNode computed = arithmetic.compute(call, operands);
        if (computed == null) {
            throw TimeNodes.refuse(call);
        }
        return computed;
    }

    private static boolean isCollectionOfMicros(RelDataType type) {
        RelDataType component = type.getSqlTypeName() == SqlTypeName.ARRAY ? type.getComponentType() : null;
        return component != null && TimeResolution.isMicros(component);
    }

    /** The operands in microseconds, or as they are where no microseconds are asked for. */
    private List<RexNode> brought(RexCall call, List<RexNode> operands, boolean toMicros) {
        List<RexNode> brought = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            RexNode original = call.getOperands().get(i);
            boolean isTime = TimeNodes.isTime(original.getType());
            brought.add(toMicros && isTime && !isMicros(original) ? nodes.toMicros(operands.get(i)) : operands.get(i));
        }
        return brought;
    }

    private static RexNode same(RexCall call, List<RexNode> operands) {
        // References to a column are equal whatever their types, so that equal operands say nothing.
        return call.clone(erase(call.getType()), operands);
    }

    private static boolean hasMicros(RexCall call) {
        return TimeNodes.holdsMicros(call.getType())
                || call.getOperands().stream().anyMatch(operand -> TimeNodes.holdsMicros(operand.getType()));
    }
}
