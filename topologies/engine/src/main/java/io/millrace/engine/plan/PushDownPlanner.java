package io.millrace.engine.plan;

import io.millrace.document.NearestName;
import io.millrace.document.Pipeline;
import io.millrace.document.Problem;
import io.millrace.document.PushDown;
import io.millrace.document.Source;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;

/**
 * Finds what a pipeline needs of each of its sources, and what of that the connector is told: as much as the document wants and the connector
 * can do. The engine filters by itself all the same.
 */
final class PushDownPlanner {

    private final Pipeline pipeline;
    private final List<Problem> problems;

    PushDownPlanner(Pipeline pipeline, List<Problem> problems) {
        this.pipeline = pipeline;
        this.problems = problems;
    }

    /** The needs of the sources that could be planned, by lower-case name. */
    Map<String, SourceNeeds> plan(Map<String, Relation> relations, RexBuilder rexBuilder) {
        pipeline.sources().forEach(this::checkSetting);
        List<String> sinks = pipeline.sinks().stream()
                .map(sink -> sink.from().toLowerCase(Locale.ROOT))
                .toList();
        Map<String, RowDemand.Of> demands = RowDemand.of(relations.values(), sinks, rexBuilder);
        Map<String, SourceNeeds> needs = new LinkedHashMap<>();
        relations.forEach((name, relation) -> {
            RowDemand.Of demand = demands.get(name);
            if (relation instanceof Relation.SourceRelation source && demand != null) {
                needs.put(name, needs(source, demand, relations, sinks.contains(name), rexBuilder));
            }
        });
        return needs;
    }

    private void checkSetting(Source source) {
        String type = source.connector().type();
        String word = source.pushDown().name().toLowerCase(Locale.ROOT);
        String message = null;
        if (source.pushDown() == PushDown.NONE || type.equals("jdbc")) {
            return;
        }
        if (!type.equals("s3")) {
            message = type.equals("topic")
                    ? "Nothing can be pushed down to a source that is a topic: others write it"
                    : NearestName.of(type, List.of("jdbc", "s3")).isPresent()
                            ? null // It is no connector, which is said already.
                            : "How to push " + word + " down to a connector of the class '" + type + "' is not known";
        } else if (source.pushDown() == PushDown.FILTERS) {
            message = "An s3 source takes no conditions: it reads its objects from their first row to their last";
        }
        if (message != null) {
            problems.add(new Problem(
                    source.pushDownLocation(),
                    message,
                    type.equals("s3") ? "push_down: columns" : "leave push_down out"));
        }
    }

    private SourceNeeds needs(
            Relation.SourceRelation source,
            RowDemand.Of demand,
            Map<String, Relation> relations,
            boolean hasSink,
            RexBuilder rexBuilder) {
        BitSet wanted = columns(source, relations, hasSink);
        List<String> columns = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (RelDataTypeField column : source.rowType().getFieldList()) {
            (wanted.get(column.getIndex()) ? columns : others).add(column.getName());
        }
        String where = "";
        String why = "";
        if (demand.whyAll() != null) {
            why = demand.whyAll();
        } else if (demand.conditions().isEmpty()) {
            why = "nothing reads them";
        } else {
            // A row of a table that meets a condition no more has to come, or the row that it was would stay. Its key
            // does not change.
            where = PushableCondition.of(
                    rexBuilder,
                    demand.conditions(),
                    source.rowType(),
                    column -> !source.isTable() || source.keyColumns().contains(column));
            if (where.isEmpty()) {
                why = source.isTable()
                        ? "rows of a table that come to meet a condition, or to meet it no more, have to be seen: only conditions of"
                                + " its key can be pushed"
                        : "a database may not find by these conditions what they find here";
            }
        }
        PushDown setting = source.source().pushDown();
        return new SourceNeeds(
                source.name(),
                setting,
                columns,
                others,
                where,
                why,
                setting != PushDown.NONE && !others.isEmpty(),
                setting == PushDown.FILTERS && !where.isEmpty());
    }

    /** What is read, the key, and of a table what may not be null, since its rows are kept whole. */
    private static BitSet columns(Relation.SourceRelation source, Map<String, Relation> relations, boolean hasSink) {
        BitSet wanted = WantedColumns.of(source, relations.values());
        boolean isPositional = source.source()
                .connector()
                .config()
                .getOrDefault("csv.header", "true")
                .equals("false");
        if (hasSink || isPositional || wanted.isEmpty()) {
            wanted.set(0, source.rowType().getFieldCount());
        }
        source.keyColumns().forEach(wanted::set);
        if (source.isTable()) {
            source.rowType().getFieldList().stream()
                    .filter(column -> !column.getType().isNullable())
                    .forEach(column -> wanted.set(column.getIndex()));
        }
        return wanted;
    }
}
