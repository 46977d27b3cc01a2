package io.millrace.engine.explain;

import io.millrace.engine.operator.Windows;
import io.millrace.engine.physical.Node;
import io.millrace.engine.plan.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.metadata.RelMdUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * Estimates what operators cost. Nothing is known of the data but what the documents say and how many rows the user expects of a source; what
 * remains are Calcite's default selectivities, and these:
 *
 * <ul>
 *   <li>A stream has {@value #STREAM_ROWS} rows and a table {@value #TABLE_ROWS} where nobody says otherwise.
 *   <li>A tenth of the rows of a group, a partition or a session are the first of it; a collection has {@value #ELEMENTS} elements.
 *   <li>Work is counted in simple expressions: one for each call of an expression and each column that is decoded, {@value #STORE_ACCESS} for
 *       reading and writing a store, {@value #HOP} for a row's way through a repartition topic.
 *   <li>A column weighs what its type does; a text {@value #TEXT_BYTES} bytes.
 * </ul>
 */
public final class CostModel {

    static final double STREAM_ROWS = 1_000_000;
    static final double TABLE_ROWS = 10_000;
    static final double ELEMENTS = 3;
    static final double STORE_ACCESS = 10;
    static final double HOP = 20;
    static final double TEXT_BYTES = 20;

    private static final double FIRST_OF_GROUP = 0.1;
    private static final double FUNCTION_BYTES = 16;
    private static final double ENTRY_BYTES = 16;

    private final Map<String, Double> relations = new HashMap<>();
    private final Map<String, Double> expected = new HashMap<>();

    /** @param expected how many rows the user expects of sources, by name */
    public CostModel(Map<String, Double> expected) {
        expected.forEach((name, rows) -> this.expected.put(name.toLowerCase(Locale.ROOT), rows));
    }

    /** What decoding a source's rows costs. Sources go before what reads them. */
    Estimate source(Relation.SourceRelation source) {
        double rows = expected.getOrDefault(
                source.name().toLowerCase(Locale.ROOT), source.isTable() ? TABLE_ROWS : STREAM_ROWS);
        relations.put(source.name().toLowerCase(Locale.ROOT), rows);
        double columns = source.isTable()
                ? source.rowType().getFieldCount()
                : source.wanted().cardinality();
        double bytes = source.isTable() ? width(source.rowType()) + ENTRY_BYTES : 0;
        return new Estimate(
                rows,
                rows,
                rows * (columns + (source.isTable() ? STORE_ACCESS : 0)),
                0,
                0,
                source.isTable() ? rows : 0,
                rows * bytes);
    }

    /** What a step costs. Steps go behind what they read. */
    Estimate step(Relation.StepRelation step) {
        Estimate[] all = {of(step.node())};
        double[] in = {0};
        for (Node input : step.node().inputs()) {
            input.visit(node -> all[0] = all[0].with(of(node)));
        }
        step.node().visit(node -> in[0] += node instanceof Node.Scan ? of(node).rowsOut() : 0);
        relations.put(step.name().toLowerCase(Locale.ROOT), all[0].rowsOut());
        Estimate sum = all[0];
        return new Estimate(
                in[0],
                sum.rowsOut(),
                sum.cpu(),
                sum.repartitionedRows(),
                sum.repartitionedBytes(),
                sum.stateKeys(),
                sum.stateBytes());
    }

    /** What an operator costs, without those that give it rows. */
    Estimate of(Node node) {
        double in = 0;
        for (Node input : node.inputs()) {
            in += rows(input);
        }
        double out = rows(node);
        if (node instanceof Node.Stateful stateful) {
            return stateful(stateful, in, out);
        }
        return new Estimate(node instanceof Node.Scan ? out : in, out, in * calls(node), 0, 0, 0, 0);
    }

    private Estimate stateful(Node.Stateful node, double in, double out) {
        double repartitioned = node.exchange() == null ? 0 : in;
        double bytes = 0;
        for (int i = 0; node.exchange() != null && i < node.inputs().size(); i++) {
            bytes += rows(node.inputs().get(i)) * width(node.inputs().get(i).rowType());
        }
        double keys = keys(node);
        return new Estimate(
                in,
                out,
                in * (STORE_ACCESS + calls(node)) + repartitioned * HOP,
                repartitioned,
                bytes,
                keys,
                keys * (entryBytes(node) + ENTRY_BYTES));
    }

    private double rows(Node node) {
        if (node instanceof Node.Scan scan) {
            return relations.getOrDefault(scan.relation().toLowerCase(Locale.ROOT), STREAM_ROWS);
        }
        double in = 0;
        double most = 0;
        for (Node input : node.inputs()) {
            in += rows(input);
            most = Math.max(most, rows(input));
        }
        if (node instanceof Node.Filter filter) {
            return in * RelMdUtil.guessSelectivity(filter.condition());
        }
        if (node instanceof Node.AssignWindows windows) {
            return in * windowsOfARow(windows.windows());
        }
        if (node instanceof Node.Unnest) {
            return in * ELEMENTS;
        }
        if (node instanceof Node.Expand expand) {
            return in * expand.nulled().size();
        }
        if (node instanceof Node.Group group) {
            return group.isOnClose() ? keys(group) : in;
        }
        if (node instanceof Node.Sessions sessions) {
            return sessions.isOnClose() ? keys(sessions) : in;
        }
        if (node instanceof Node.StreamTableJoin join) {
            return rows(join.left());
        }
        return node instanceof Node.OfTwo ? most : in;
    }

    private static double windowsOfARow(Windows windows) {
        return Math.max(1, (double) windows.size() / Math.max(1, windows.grid()));
    }

    private double keys(Node.Stateful node) {
        if (node instanceof Node.Group group) {
            return group.groups().isEmpty() ? 1 : rows(group.input()) * FIRST_OF_GROUP;
        }
        if (node instanceof Node.Sessions sessions) {
            return rows(sessions.input()) * FIRST_OF_GROUP;
        }
        if (node instanceof Node.Rank rank && !rank.input().traits().isChangelog()) {
            double in = rows(rank.input());
            double partitions = rank.partition().isEmpty() ? 1 : in * FIRST_OF_GROUP;
            return Math.min(in, partitions * (rank.offset() + rank.limit()));
        }
        if (node instanceof Node.StreamTableJoin join) {
            return rows(join.right());
        }
        double in = 0;
        for (Node input : node.inputs()) {
            in += rows(input);
        }
        return in;
    }

    private static double entryBytes(Node.Stateful node) {
        if (node instanceof Node.Group group) {
            return width(group.input().rowType(), group.groups())
                    + FUNCTION_BYTES * group.calls().size();
        }
        if (node instanceof Node.Sessions sessions) {
            return width(sessions.input().rowType(), sessions.keys())
                    + FUNCTION_BYTES * sessions.calls().size();
        }
        double bytes = 0;
        for (Node input : node.inputs()) {
            bytes += width(input.rowType());
        }
        return bytes / Math.max(1, node.inputs().size());
    }

    /** How many calls an operator evaluates for a row. */
    private static double calls(Node node) {
        if (node instanceof Node.Filter filter) {
            return calls(List.of(filter.condition()));
        }
        if (node instanceof Node.Project project) {
            return calls(project.expressions());
        }
        if (node instanceof Node.Lookup lookup) {
            return calls(lookup.key()) + STORE_ACCESS;
        }
        if (node instanceof Node.Unnest unnest) {
            return calls(unnest.collection());
        }
        if (node instanceof Node.Group group) {
            return group.calls().size();
        }
        return node instanceof Node.Scan || node instanceof Node.Union ? 0 : 1;
    }

    private static double calls(List<RexNode> expressions) {
        double[] calls = {1};
        expressions.forEach(expression -> expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitCall(RexCall call) {
                calls[0]++;
                return super.visitCall(call);
            }
        }));
        return calls[0];
    }

    private static double width(RelDataType rowType, List<Integer> columns) {
        double bytes = 0;
        for (int column : columns) {
            bytes += bytes(rowType.getFieldList().get(column).getType());
        }
        return bytes;
    }

    private static double width(RelDataType rowType) {
        return rowType.getFieldList().stream()
                .mapToDouble(field -> bytes(field.getType()))
                .sum();
    }

    /** Of a type in Avro, about. */
    private static double bytes(RelDataType type) {
        double value = switch (type.getSqlTypeName()) {
            case BOOLEAN, TINYINT -> 1;
            case SMALLINT -> 2;
            case INTEGER, DATE, REAL -> 4;
            case DECIMAL -> 10;
            case CHAR, VARCHAR -> TEXT_BYTES;
            case BINARY, VARBINARY, ARRAY, MULTISET, MAP -> ELEMENTS * TEXT_BYTES;
            case ROW -> width(type);
            default -> 8;
        };
        return value + (type.isNullable() ? 1 : 0);
    }
}
