package io.millrace.engine.physical;

import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Which way two inputs are joined: by what they are, streams or tables, and by what the condition says of times and windows. */
final class JoinCompiler {

    private final RexBuilder rexBuilder;
    private final StepNames names;

    JoinCompiler(RexBuilder rexBuilder, StepNames names) {
        this.rexBuilder = rexBuilder;
        this.names = names;
    }

    Node compile(Join written, Node left, Node right) {
        Join join = onColumnsThemselves(written);
        JoinRelType type = join.getJoinType();
        if (left instanceof Node.Constants || right instanceof Node.Constants) {
            return constant(join, left, right);
        }
        boolean isLeftTable = left.traits().isChangelog();
        boolean isRightTable = right.traits().isChangelog();
        if (isLeftTable && isRightTable) {
            return tables(join, left, right);
        }
        if ((isLeftTable || isRightTable) && isByWindow(join.analyzeCondition(), left, right)) {
            // Rows of one window belong together whenever they come: those of the stream are kept until it closes.
            return tables(join, left, right);
        }
        if (isRightTable) {
            return streamTable(join.analyzeCondition(), type, left, right, join.getRowType());
        }
        if (isLeftTable) {
            if (!type.projectsRight()) {
                throw new UnsupportedOperationException(
                        "IN and EXISTS over a stream have no answer for a row of a table: one may come at any time; SELECT "
                                + "DISTINCT in the query makes a table of what has come so far");
            }
            return swapped(join, left, right);
        }
        return new StreamJoinCompiler(rexBuilder, names).compile(join, left, right);
    }

    /** USING compares a column that is never null by way of a copy that may be: of a key, the column itself tells more. */
    private static Join onColumnsThemselves(Join join) {
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        RexNode condition = join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                boolean isLeft = ref.getIndex() < leftWidth;
                int before = isLeft ? 0 : leftWidth;
                int column = original(isLeft ? join.getLeft() : join.getRight(), ref.getIndex() - before);
                return column == ref.getIndex() - before
                        ? ref
                        : new RexInputRef(
                                before + column,
                                (isLeft ? join.getLeft() : join.getRight())
                                        .getRowType()
                                        .getFieldList()
                                        .get(column)
                                        .getType());
            }
        });
        return condition.equals(join.getCondition())
                ? join
                : join.copy(
                        join.getTraitSet(),
                        condition,
                        join.getLeft(),
                        join.getRight(),
                        join.getJoinType(),
                        join.isSemiJoinDone());
    }

    /** The first column of a projection that is the same as the one given but for whether it may be null. */
    private static int original(RelNode rel, int column) {
        if (rel instanceof Project project
                && RexUtil.removeNullabilityCast(
                                SqlDialect.types(), project.getProjects().get(column))
                        instanceof RexInputRef ref) {
            return StepCompiler.indexOfReference(project.getProjects(), ref.getIndex());
        }
        return column;
    }

    private static boolean isByWindow(JoinInfo info, Node left, Node right) {
        for (int i = 0; i < info.leftKeys.size(); i++) {
            if (closing(left.traits(), info.leftKeys.get(i)) != null
                    && closing(right.traits(), info.rightKeys.get(i)) != null) {
                return true;
            }
        }
        return false;
    }

    /** A table on the left of a stream: the same the other way round, with the columns in their places. */
    private Node swapped(Join join, Node table, Node stream) {
        JoinInfo info = join.analyzeCondition();
        int tableWidth = table.rowType().getFieldCount();
        int streamWidth = stream.rowType().getFieldCount();
        List<RexNode> others = info.nonEquiConditions.stream()
                .map(condition -> RexUtil.apply(swap(tableWidth, streamWidth), condition))
                .toList();
        JoinRelType type = join.getJoinType().swap();
        RelDataType rowType = SqlDialect.types()
                .builder()
                .addAll(join.getRowType().getFieldList().subList(tableWidth, tableWidth + streamWidth))
                .addAll(join.getRowType().getFieldList().subList(0, tableWidth))
                .uniquify()
                .build();
        Node joined = streamTable(JoinInfo.of(info.rightKeys, info.leftKeys), type, stream, table, rowType, others);
        List<RexNode> back = new ArrayList<>();
        for (int i = 0; i < tableWidth; i++) {
            back.add(RexInputRef.of(streamWidth + i, rowType));
        }
        for (int i = 0; i < streamWidth; i++) {
            back.add(RexInputRef.of(i, rowType));
        }
        return StepCompiler.projected(joined, back, join.getRowType());
    }

    /** Where the columns of a joined row stand when its sides are swapped. */
    private static org.apache.calcite.util.mapping.Mappings.TargetMapping swap(int leftWidth, int rightWidth) {
        return org.apache.calcite.util.mapping.Mappings.createShiftMapping(
                leftWidth + rightWidth, rightWidth, 0, leftWidth, 0, leftWidth, rightWidth);
    }

    private Node streamTable(JoinInfo info, JoinRelType type, Node stream, Node table, RelDataType rowType) {
        return streamTable(info, type, stream, table, rowType, info.nonEquiConditions);
    }

    private Node streamTable(
            JoinInfo info, JoinRelType type, Node stream, Node table, RelDataType rowType, List<RexNode> others) {
        if (type.generatesNullsOnLeft()) {
            throw new UnsupportedOperationException(
                    "A join that keeps every row of a table beside a stream has no answer: a row of the table may never be "
                            + "met; keep the stream's rows, or only those that match");
        }
        Node.Scan source = LookupCompiler.source(table);
        if (source != null && source.table() != null) {
            Node lookup = new LookupCompiler(rexBuilder).lookup(info, type, stream, table, source, rowType, others);
            if (lookup != null) {
                return lookup;
            }
        }
        return new Node.StreamTableJoin(
                stream,
                table,
                names.next("join"),
                List.of(List.copyOf(info.leftKeys), List.copyOf(info.rightKeys)),
                type,
                conjunction(others),
                rowType,
                streamTraits(stream.traits(), List.copyOf(info.leftKeys)));
    }

    static Traits streamTraits(Traits stream, List<Integer> partition) {
        return new Traits(false, List.of(), partition, stream.times(), stream.windows());
    }

    private @Nullable RexNode conjunction(List<RexNode> conditions) {
        return RexUtil.composeConjunction(rexBuilder, conditions, true);
    }

    private Node tables(Join join, Node left, Node right) {
        JoinInfo info = join.analyzeCondition();
        List<Integer> leftKeys = List.copyOf(info.leftKeys);
        List<Integer> rightKeys = List.copyOf(info.rightKeys);
        Traits traits = tableTraits(join.getJoinType(), left, right, leftKeys, rightKeys);
        // A group of a window goes when the window closes; a row that waits for one that may still come does not.
        Closing leftWindow = null;
        Closing rightWindow = null;
        for (int i = 0; i < leftKeys.size(); i++) {
            Closing one = closing(left.traits(), leftKeys.get(i));
            Closing other = closing(right.traits(), rightKeys.get(i));
            if (one != null
                    && other != null
                    && (leftWindow == null || (!leftWindow.isByEnd() && one.isByEnd() && other.isByEnd()))) {
                leftWindow = one;
                rightWindow = other;
            }
        }
        return new Node.TableJoin(
                left,
                right,
                names.next("join"),
                List.of(leftKeys, rightKeys),
                join.getJoinType(),
                conjunction(info.nonEquiConditions),
                leftWindow,
                rightWindow,
                join.getRowType(),
                traits);
    }

    static @Nullable Closing closing(Traits traits, int column) {
        for (Traits.WindowColumns window : traits.windows()) {
            if (window.has(column)) {
                return Closing.of(window, column == window.end());
            }
        }
        return null;
    }

    private static Traits tableTraits(
            JoinRelType type, Node leftNode, Node rightNode, List<Integer> leftKeys, List<Integer> rightKeys) {
        Traits left = leftNode.traits();
        Traits right = rightNode.traits();
        int leftWidth = leftNode.rowType().getFieldCount();
        if (!type.projectsRight()) {
            return new Traits(
                    true,
                    left.keys().stream()
                            .map(key -> key.local(key.columns().containsAll(leftKeys)))
                            .toList(),
                    leftKeys,
                    Set.of(),
                    left.windows());
        }
        List<Traits.Key> keys = new ArrayList<>();
        boolean isRightUnique = right.keys().stream().anyMatch(key -> rightKeys.containsAll(key.columns()));
        boolean isLeftUnique = left.keys().stream().anyMatch(key -> leftKeys.containsAll(key.columns()));
        boolean keepsLeft = type == JoinRelType.INNER || type == JoinRelType.LEFT;
        boolean keepsRight = type == JoinRelType.INNER || type == JoinRelType.RIGHT;
        for (Traits.Key key : left.keys()) {
            if (isRightUnique && keepsLeft) {
                keys.add(key.local(key.columns().containsAll(leftKeys)));
            }
        }
        for (Traits.Key key : right.keys()) {
            if (isLeftUnique && keepsRight) {
                keys.add(new Traits.Key(
                        shift(key.columns(), leftWidth), key.columns().containsAll(rightKeys), key.isPresent()));
            }
        }
        for (Traits.Key one : left.keys()) {
            for (Traits.Key other : right.keys()) {
                List<Integer> both = new ArrayList<>(one.columns());
                both.addAll(shift(other.columns(), leftWidth));
                // A row without a partner is known by its own side's columns, which then hold the join's key.
                boolean isLocal = type == JoinRelType.FULL
                        ? one.columns().containsAll(leftKeys) && other.columns().containsAll(rightKeys)
                        : type == JoinRelType.RIGHT
                                ? other.columns().containsAll(rightKeys)
                                : type == JoinRelType.LEFT
                                        ? one.columns().containsAll(leftKeys)
                                        : one.columns().containsAll(leftKeys)
                                                || other.columns().containsAll(rightKeys);
                boolean isPresent = switch (type) {
                    case LEFT -> one.isPresent();
                    case RIGHT -> other.isPresent();
                    case FULL -> one.isPresent() && other.isPresent();
                    default -> one.isPresent() || other.isPresent();
                };
                // Of a full join two rows without partners are alike where all columns of both keys are null.
                if (type != JoinRelType.FULL || one.isPresent() || other.isPresent()) {
                    keys.add(new Traits.Key(both, isLocal, isPresent));
                }
            }
        }
        keys.sort(
                java.util.Comparator.comparing((Traits.Key key) -> key.columns().size())
                        .thenComparing(key -> !key.isLocal()));
        List<Integer> partition =
                type == JoinRelType.RIGHT ? shift(rightKeys, leftWidth) : type == JoinRelType.FULL ? null : leftKeys;
        List<Traits.WindowColumns> windows = new ArrayList<>();
        if (keepsLeft) {
            windows.addAll(left.windows());
        }
        if (keepsRight) {
            right.windows().forEach(window -> windows.add(shift(window, leftWidth)));
        }
        Traits.Merge merge = new Traits.Merge(
                leftKeys,
                shift(rightKeys, leftWidth),
                type,
                isLeftUnique && isRightUnique && (hasNoNull(leftNode, leftKeys) || hasNoNull(rightNode, rightKeys)));
        return new Traits(true, keys, partition, Set.of(), windows, List.of(merge));
    }

    private static boolean hasNoNull(Node node, List<Integer> columns) {
        return columns.stream().noneMatch(column -> NullableColumns.isNullable(node, column));
    }

    static List<Integer> shift(List<Integer> columns, int by) {
        return columns.stream().map(column -> column + by).toList();
    }

    static Traits.WindowColumns shift(Traits.WindowColumns window, int by) {
        return new Traits.WindowColumns(
                window.start() < 0 ? -1 : window.start() + by,
                window.end() < 0 ? -1 : window.end() + by,
                window.time() < 0 ? -1 : window.time() + by,
                window.windows());
    }

    /** What is known of the rows of two streams side by side. */
    static Traits sideBySide(JoinRelType type, Traits left, Traits right, List<Integer> partition, int leftWidth) {
        Set<Integer> times = new LinkedHashSet<>();
        List<Traits.WindowColumns> windows = new ArrayList<>();
        if (!type.generatesNullsOnLeft()) {
            times.addAll(left.times());
            windows.addAll(left.windows());
        }
        if (type.projectsRight() && !type.generatesNullsOnRight()) {
            right.times().forEach(time -> times.add(time + leftWidth));
            right.windows().forEach(window -> windows.add(shift(window, leftWidth)));
        }
        return new Traits(false, List.of(), partition, times, windows);
    }

    private Node constant(Join join, Node left, Node right) {
        if (!join.getJoinType().projectsRight()) {
            throw new UnsupportedOperationException(
                    "IN over VALUES is written with the values themselves: x IN (1, 2, 3)");
        }
        if (!(right instanceof Node.Constants constants) || left instanceof Node.Constants) {
            throw new UnsupportedOperationException("VALUES stand to the right of what they are joined with");
        }
        if (join.getJoinType() != JoinRelType.INNER && join.getJoinType() != JoinRelType.LEFT) {
            throw new UnsupportedOperationException(
                    "A join that keeps every row of VALUES has no answer: one may never be met; use INNER or LEFT JOIN");
        }
        Traits of = left.traits();
        return new Node.ConstantJoin(
                left,
                constants,
                join.getCondition(),
                join.getJoinType() == JoinRelType.LEFT,
                join.getRowType(),
                new Traits(of.isChangelog(), List.of(), of.partition(), of.times(), of.windows()));
    }

    /** An equality of one column each as a condition again. */
    static RexNode equal(RexBuilder rexBuilder, Node left, Node right, int leftKey, int rightKey) {
        return rexBuilder.makeCall(
                SqlStdOperatorTable.EQUALS,
                RexInputRef.of(leftKey, left.rowType()),
                rexBuilder.makeInputRef(
                        right.rowType().getFieldList().get(rightKey).getType(),
                        left.rowType().getFieldCount() + rightKey));
    }
}
