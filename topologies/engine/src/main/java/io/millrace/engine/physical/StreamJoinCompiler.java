package io.millrace.engine.physical;

import io.millrace.engine.row.TimeResolution;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Joins of two streams: within a time of each other, or within the same window. */
final class StreamJoinCompiler {

    private final RexBuilder rexBuilder;
    private final StepNames names;

    StreamJoinCompiler(RexBuilder rexBuilder, StepNames names) {
        this.rexBuilder = rexBuilder;
        this.names = names;
    }

    Node compile(Join join, Node left, Node right) {
        JoinInfo info = join.analyzeCondition();
        List<Integer> leftKeys = List.copyOf(info.leftKeys);
        List<Integer> rightKeys = List.copyOf(info.rightKeys);
        int width = left.rowType().getFieldCount();
        JoinRelType type = join.getJoinType();
        Traits traits = JoinCompiler.sideBySide(
                type, left.traits(), right.traits(), type.generatesNullsOnLeft() ? List.of() : leftKeys, width);
        if (type.generatesNullsOnLeft()) {
            traits = new Traits(false, traits.keys(), null, traits.times(), traits.windows());
        }
        Closing window = null;
        int bound = -1;
        for (int i = 0; i < leftKeys.size(); i++) {
            Closing one = JoinCompiler.closing(left.traits(), leftKeys.get(i));
            Closing other = JoinCompiler.closing(right.traits(), rightKeys.get(i));
            if (one != null
                    && other != null
                    && one.plus() == other.plus()
                    && one.tick() == other.tick()
                    && (window == null || one.isByEnd())) {
                window = one;
                bound = i;
            }
        }
        if (window != null) {
            // Rows of one window are complete with it: as if its bound were their time, less the rest of its length.
            return new Node.StreamJoin(
                    left,
                    right,
                    names.next("join"),
                    List.of(leftKeys, rightKeys),
                    type,
                    leftKeys.get(bound),
                    rightKeys.get(bound),
                    0,
                    0,
                    window.plus() - 1,
                    window.tick(),
                    RexUtil.composeConjunction(rexBuilder, info.nonEquiConditions, true),
                    join.getRowType(),
                    traits);
        }
        TimeBounds bounds = new TimeBounds(left, right);
        List<RexNode> others = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            bounds.equal(leftKeys.get(i), rightKeys.get(i));
        }
        for (RexNode condition : info.nonEquiConditions) {
            if (!bounds.take(condition)) {
                others.add(condition);
            }
        }
        bounds.requireBoth();
        return new Node.StreamJoin(
                left,
                right,
                names.next("join"),
                List.of(leftKeys, rightKeys),
                type,
                bounds.leftTime(),
                bounds.rightTime(),
                bounds.lower(),
                bounds.upper(),
                0,
                WindowCompiler.tick(
                        left.rowType().getFieldList().get(bounds.leftTime()).getType()),
                RexUtil.composeConjunction(rexBuilder, others, true),
                join.getRowType(),
                traits);
    }

    /** What a condition says of the right row's time less the left's. */
    private static final class TimeBounds {

        private static final long NONE = Long.MIN_VALUE;

        private final Node left;
        private final Node right;
        private final int width;
        private int leftTime = -1;
        private int rightTime = -1;
        private long lower = NONE;
        private long upper = NONE;

        TimeBounds(Node left, Node right) {
            this.left = left;
            this.right = right;
            this.width = left.rowType().getFieldCount();
        }

        int leftTime() {
            return leftTime;
        }

        int rightTime() {
            return rightTime;
        }

        long lower() {
            return lower;
        }

        long upper() {
            return upper;
        }

        void equal(int leftKey, int rightKey) {
            if (left.traits().times().contains(leftKey)
                    && right.traits().times().contains(rightKey)) {
                bound(leftKey, rightKey, 0, 0);
            }
        }

        /** A time column of one side and what is added to it. */
        private record Shifted(int column, long plus) {}

        /** Takes a comparison of the two times into the bounds; false when it is none. */
        boolean take(RexNode condition) {
            if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
                return false;
            }
            Shifted one = shifted(call.getOperands().get(0));
            Shifted other = shifted(call.getOperands().get(1));
            if (one == null || other == null || one.column() < width == other.column() < width) {
                return false;
            }
            SqlKind kind = call.getKind();
            if (one.column() < width) {
                Shifted swapped = one;
                one = other;
                other = swapped;
                kind = kind.reverse();
            }
            // right + a <kind> left + b, so right - left <kind> b - a
            long difference = other.plus() - one.plus();
            return switch (kind) {
                case LESS_THAN_OR_EQUAL -> bound(other.column(), one.column() - width, NONE, difference);
                case LESS_THAN -> bound(other.column(), one.column() - width, NONE, difference - 1);
                case GREATER_THAN_OR_EQUAL -> bound(other.column(), one.column() - width, difference, NONE);
                case GREATER_THAN -> bound(other.column(), one.column() - width, difference + 1, NONE);
                case EQUALS -> bound(other.column(), one.column() - width, difference, difference);
                default -> false;
            };
        }

        private boolean bound(int newLeft, int newRight, long newLower, long newUpper) {
            if (leftTime >= 0 && (leftTime != newLeft || rightTime != newRight)) {
                return false;
            }
            leftTime = newLeft;
            rightTime = newRight;
            lower = Math.max(lower, newLower);
            upper = upper == NONE ? newUpper : newUpper == NONE ? upper : Math.min(upper, newUpper);
            return true;
        }

        private @Nullable Shifted shifted(RexNode operand) {
            RexNode plain = RexUtil.removeCast(operand);
            if (plain instanceof RexInputRef ref) {
                boolean isTime = ref.getIndex() < width
                        ? left.traits().times().contains(ref.getIndex())
                        : right.traits().times().contains(ref.getIndex() - width);
                return isTime ? new Shifted(ref.getIndex(), 0) : null;
            }
            if (plain instanceof RexCall call
                    && call.getOperands().size() == 2
                    && SqlTypeUtil.isDatetime(call.getType())
                    && SqlTypeUtil.isInterval(call.getOperands().get(1).getType())) {
                Shifted time = shifted(call.getOperands().get(0));
                if (time == null) {
                    return null;
                }
                int side = time.column() < width ? time.column() : time.column() - width;
                Node of = time.column() < width ? left : right;
                long tick = WindowCompiler.tick(
                        of.rowType().getFieldList().get(side).getType());
                long length = WindowCompiler.millis(call.getOperands().get(1)) * tick;
                boolean isMinus = call.getOperator().getName().startsWith("-")
                        || call.getOperator().getName().startsWith("MINUS")
                        || call.getKind() == SqlKind.MINUS;
                return new Shifted(time.column(), time.plus() + (isMinus ? -length : length));
            }
            return null;
        }

        void requireBoth() {
            if (lower != NONE && upper != NONE && leftTime >= 0) {
                requireOneUnit();
                return;
            }
            throw new UnsupportedOperationException(
                    "A join of two streams keeps every row for ever unless its ON bounds their event times: … AND "
                            + name(right, "r") + " BETWEEN " + name(left, "l") + " - INTERVAL '5' MINUTE AND "
                            + name(left, "l")
                            + " + INTERVAL '5' MINUTE, of the columns that event_time names; a source "
                            + "that holds the latest row of each key is one as: table");
        }

        private void requireOneUnit() {
            if (unit(left, leftTime) != unit(right, rightTime)) {
                throw new UnsupportedOperationException(
                        "The times of a join of two streams count in one unit, and one of these counts milliseconds, the other "
                                + "microseconds: give both columns one precision where they are declared, or CAST one in a "
                                + "step of its own");
            }
        }

        private static TimeResolution unit(Node node, int column) {
            return TimeResolution.of(node.rowType().getFieldList().get(column).getType());
        }

        private static String name(Node node, String alias) {
            return alias + "."
                    + node.traits().times().stream()
                            .findFirst()
                            .map(time -> node.rowType().getFieldNames().get(time))
                            .orElse("time");
        }
    }
}
