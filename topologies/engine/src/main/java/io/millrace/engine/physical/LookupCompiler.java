package io.millrace.engine.physical;

import io.millrace.engine.operator.TableLoader;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** A stream's rows looked up in the whole of a table source, by its key. */
final class LookupCompiler {

    private final RexBuilder rexBuilder;

    LookupCompiler(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /** The scan under filters and projections alone; null when there is more. */
    static Node.@Nullable Scan source(Node node) {
        Node below = node;
        while (below instanceof Node.Project || below instanceof Node.Filter) {
            below = below.inputs().get(0);
        }
        return below instanceof Node.Scan scan ? scan : null;
    }

    /** The lookup, or null when the condition does not give all of the table's key. */
    @Nullable
    Node lookup(
            JoinInfo info,
            JoinRelType type,
            Node stream,
            Node table,
            Node.Scan source,
            RelDataType rowType,
            List<RexNode> others) {
        TableLoader.Table looked = java.util.Objects.requireNonNull(source.table());
        List<Integer> keyColumns = looked.keyColumns();
        @Nullable RexNode[] key = new RexNode[keyColumns.size()];
        List<RexNode> residual = new ArrayList<>();
        for (int i = 0; i < info.leftKeys.size(); i++) {
            int left = info.leftKeys.get(i);
            int right = info.rightKeys.get(i);
            int place = keyColumns.indexOf(sourceColumn(table, right));
            if (place >= 0 && key[place] == null) {
                key[place] = RexInputRef.of(left, stream.rowType());
            } else {
                residual.add(JoinCompiler.equal(rexBuilder, stream, table, left, right));
            }
        }
        List<RexNode> whole = new ArrayList<>();
        for (RexNode part : key) {
            if (part == null) {
                return null;
            }
            whole.add(part);
        }
        residual.addAll(others);
        RexNode rest = RexUtil.composeConjunction(rexBuilder, residual, true);
        boolean isInner = type == JoinRelType.INNER;
        Traits of = stream.traits();
        Node lookup = new Node.Lookup(
                stream,
                looked,
                whole,
                table,
                type,
                isInner ? null : rest,
                rowType,
                new Traits(false, of.keys(), of.partition(), of.times(), of.windows()));
        return isInner ? StepCompiler.filtered(lookup, rest) : lookup;
    }

    /** The column of the table that a column behind its filters and projections is, or -1 when it is computed. */
    private static int sourceColumn(Node node, int column) {
        if (node instanceof Node.Project project) {
            return project.expressions().get(column) instanceof RexInputRef ref
                    ? sourceColumn(project.input(), ref.getIndex())
                    : -1;
        }
        return node instanceof Node.Filter filter ? sourceColumn(filter.input(), column) : column;
    }
}
