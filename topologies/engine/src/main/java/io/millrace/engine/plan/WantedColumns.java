package io.millrace.engine.plan;

import io.millrace.document.EventTime;
import io.millrace.engine.physical.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;

/** Finds the columns of sources that something reads, so that the others are never decoded. */
final class WantedColumns {

    private WantedColumns() {}

    /** The relations with every stream source narrowed to its wanted columns. */
    static List<Relation> narrow(List<Relation> relations) {
        List<Relation> narrowed = new ArrayList<>();
        for (Relation relation : relations) {
            narrowed.add(
                    relation instanceof Relation.SourceRelation source && !source.isTable()
                            ? narrow(source, relations)
                            : relation);
        }
        return narrowed;
    }

    private static Relation narrow(Relation.SourceRelation source, List<Relation> relations) {
        return new Relation.SourceRelation(
                source.source(),
                source.topic(),
                source.rowType(),
                source.key(),
                source.checks(),
                source.eventTime(),
                of(source, relations));
    }

    /** The columns of a source that its rules, its event time and steps read. */
    static BitSet of(Relation.SourceRelation source, Collection<Relation> relations) {
        BitSet wanted = new BitSet();
        source.checks().forEach(check -> addReferences(check.condition(), wanted));
        EventTime eventTime = source.eventTime();
        if (eventTime != null) {
            wanted.set(Relation.column(source.rowType(), eventTime.column()).getIndex());
        }
        for (Relation relation : relations) {
            if (relation instanceof Relation.StepRelation step) {
                addNode(step.node(), all(step.node()), source.name(), wanted);
            }
        }
        return wanted;
    }

    private static BitSet all(Node node) {
        BitSet all = new BitSet();
        all.set(0, node.rowType().getFieldCount());
        return all;
    }

    /** Adds what a node of whose columns some are wanted reads of the source. */
    private static void addNode(Node node, BitSet of, String source, BitSet wanted) {
        if (node instanceof Node.Scan scan) {
            if (scan.relation().equalsIgnoreCase(source)) {
                wanted.or(of);
            }
        } else if (node instanceof Node.Project project) {
            BitSet below = new BitSet();
            project.expressions().forEach(expression -> addReferences(expression, below));
            addNode(project.input(), below, source, wanted);
        } else if (node instanceof Node.Filter filter) {
            BitSet below = (BitSet) of.clone();
            addReferences(filter.condition(), below);
            addNode(filter.input(), below, source, wanted);
        } else if (node instanceof Node.AssignWindows windows) {
            BitSet below = within(of, windows.input());
            below.set(windows.timeColumn());
            addNode(windows.input(), below, source, wanted);
        } else if (node instanceof Node.Unnest unnest) {
            BitSet below = within(of, unnest.input());
            unnest.collection().forEach(expression -> addReferences(expression, below));
            addNode(unnest.input(), below, source, wanted);
        } else if (node instanceof Node.Lookup lookup) {
            BitSet below = within(of, lookup.input());
            lookup.key().forEach(expression -> addReferences(expression, below));
            int width = lookup.input().rowType().getFieldCount();
            BitSet all = (BitSet) of.clone();
            if (lookup.condition() != null) {
                addReferences(lookup.condition(), all);
            }
            below.or(within(all, lookup.input()));
            addNode(lookup.input(), below, source, wanted);
            addNode(lookup.tableRow(), all.get(width, Math.max(width, all.length())), source, wanted);
        } else {
            node.inputs().forEach(input -> addNode(input, all(input), source, wanted));
        }
    }

    private static BitSet within(BitSet of, Node input) {
        return of.get(0, input.rowType().getFieldCount());
    }

    private static void addReferences(RexNode expression, BitSet wanted) {
        RelOptUtil.InputFinder.bits(expression).asList().forEach(wanted::set);
    }
}
