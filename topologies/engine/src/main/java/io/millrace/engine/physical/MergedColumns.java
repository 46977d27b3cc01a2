package io.millrace.engine.physical;

import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the rows that expressions make of a join's, where COALESCE of the two columns that it compared, as USING and NATURAL write
 * it, stands for one of them.
 */
final class MergedColumns {

    private MergedColumns() {}

    static Traits project(Traits input, List<RexNode> expressions) {
        Traits moved = input.at(column -> place(input, expressions, column));
        List<Traits.Key> keys = new ArrayList<>();
        List<Integer> partition = moved.partition();
        for (Traits.Merge merge : input.merges()) {
            List<Integer> places = places(merge, expressions);
            if (merge.type() == JoinRelType.FULL && places != null) {
                partition = partition == null ? places : partition;
                if (merge.isKey()) {
                    keys.add(new Traits.Key(places, true));
                }
            }
        }
        keys.addAll(moved.keys());
        return new Traits(moved.isChangelog(), keys, partition, moved.times(), moved.windows(), moved.merges());
    }

    /** Where a column stands: as it is, or merged with one that is null or the same. */
    private static int place(Traits input, List<RexNode> expressions, int column) {
        int place = StepCompiler.indexOfReference(expressions, column);
        for (Traits.Merge merge : input.merges()) {
            for (int i = 0; i < merge.left().size() && place < 0; i++) {
                boolean isKept = switch (merge.type()) {
                    case INNER -> merge.left().get(i) == column || merge.right().get(i) == column;
                    case LEFT -> merge.left().get(i) == column;
                    case RIGHT -> merge.right().get(i) == column;
                    default -> false;
                };
                if (isKept) {
                    place = kept(merge, i, expressions, column);
                }
            }
        }
        return place;
    }

    /** Where a column stands that is as the merged one; where one of the two is never null, that one stands for both. */
    private static int kept(Traits.Merge merge, int number, List<RexNode> expressions, int column) {
        int left = merge.left().get(number);
        int right = merge.right().get(number);
        int place = merged(expressions, left, right);
        for (int i = 0; i < expressions.size() && place < 0; i++) {
            boolean isInner = merge.type() == JoinRelType.INNER;
            if (isColumn(expressions.get(i), column)
                    || (isInner && (isColumn(expressions.get(i), left) || isColumn(expressions.get(i), right)))) {
                place = i;
            }
        }
        return place;
    }

    private static @Nullable List<Integer> places(Traits.Merge merge, List<RexNode> expressions) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < merge.left().size(); i++) {
            int place = merged(expressions, merge.left().get(i), merge.right().get(i));
            if (place < 0) {
                return null;
            }
            places.add(place);
        }
        return places.isEmpty() ? null : places;
    }

    private static int merged(List<RexNode> expressions, int left, int right) {
        for (int i = 0; i < expressions.size(); i++) {
            if (isMerge(expressions.get(i), left, right) || isMerge(expressions.get(i), right, left)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether an expression is {@code COALESCE(first, second)}, as it is or as the CASE that it is made into. */
    private static boolean isMerge(RexNode expression, int first, int second) {
        if (!(RexUtil.removeNullabilityCast(SqlDialect.types(), expression) instanceof RexCall call)) {
            return false;
        }
        List<RexNode> operands = call.getOperands();
        if (call.getKind() == SqlKind.COALESCE && operands.size() == 2) {
            return isColumn(operands.get(0), first) && isColumn(operands.get(1), second);
        }
        return call.getKind() == SqlKind.CASE
                && operands.size() == 3
                && operands.get(0) instanceof RexCall condition
                && condition.getKind() == SqlKind.IS_NOT_NULL
                && isColumn(condition.getOperands().get(0), first)
                && isColumn(operands.get(1), first)
                && isColumn(operands.get(2), second);
    }

    private static boolean isColumn(RexNode expression, int column) {
        return RexUtil.removeNullabilityCast(SqlDialect.types(), expression) instanceof RexInputRef ref
                && ref.getIndex() == column;
    }
}
