package io.millrace.engine.plan;

import io.millrace.document.EventTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;

/** Finds the columns of stream sources that something reads, so that the others are never decoded. */
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
        BitSet wanted = new BitSet();
        source.checks().forEach(check -> addReferences(check.condition(), wanted));
        EventTime eventTime = source.eventTime();
        if (eventTime != null) {
            wanted.set(Relation.column(source.rowType(), eventTime.column()).getIndex());
        }
        for (Relation relation : relations) {
            if (relation instanceof Relation.StepRelation step
                    && step.input()
                            .toLowerCase(Locale.ROOT)
                            .equals(source.name().toLowerCase(Locale.ROOT))) {
                addStep(step, source.rowType().getFieldCount(), wanted);
            }
        }
        return new Relation.SourceRelation(
                source.source(),
                source.topic(),
                source.rowType(),
                source.key(),
                source.checks(),
                source.eventTime(),
                wanted);
    }

    /** Adds what a step reads up to its first projection, which gives the rows another shape. */
    private static void addStep(Relation.StepRelation step, int width, BitSet wanted) {
        for (Stage stage : step.before()) {
            if (stage instanceof Stage.Project project) {
                project.expressions().forEach(expression -> addReferences(expression, wanted));
                wanted.clear(width, Math.max(width, wanted.length()));
                return;
            }
            if (stage instanceof Stage.Filter filter) {
                addReferences(filter.condition(), wanted);
            } else if (stage instanceof Stage.Lookup lookup) {
                lookup.key().forEach(expression -> addReferences(expression, wanted));
            } else if (stage instanceof Stage.Window window) {
                wanted.set(window.timeColumn());
            }
            wanted.clear(width, Math.max(width, wanted.length()));
        }
        wanted.set(0, width);
    }

    private static void addReferences(RexNode expression, BitSet wanted) {
        RelOptUtil.InputFinder.bits(expression).asList().forEach(wanted::set);
    }
}
