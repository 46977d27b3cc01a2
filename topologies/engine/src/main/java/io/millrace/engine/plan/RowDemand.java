package io.millrace.engine.plan;

import io.millrace.engine.physical.Node;
import io.millrace.engine.sql.RecordFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of each relation can have a consequence: found from the last step to the first, by carrying the conditions of filters down to
 * what they read. A row's consequences are more than its way through the filters of steps: a rule sees it, a sink takes it, and it moves
 * event time on; a relation to which any of that applies needs every row.
 */
final class RowDemand {

    /**
     * The rows of one relation that are needed.
     *
     * @param conditions over its columns; a row is needed when one of them is true
     * @param whyAll why every row is needed; null when the conditions tell
     */
    record Of(List<RexNode> conditions, @Nullable String whyAll) {}

    private final RexBuilder rexBuilder;
    private final Map<String, List<RexNode>> conditions = new HashMap<>();
    private final Map<String, String> whyAll = new HashMap<>();

    private RowDemand(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /**
     * What of each relation is needed, by its lower-case name.
     *
     * @param relations each after the ones that it reads
     * @param sinks the relations that sinks take, by lower-case name
     */
    static Map<String, Of> of(Collection<Relation> relations, Collection<String> sinks, RexBuilder rexBuilder) {
        RowDemand demand = new RowDemand(rexBuilder);
        List<Relation> fromLast = new ArrayList<>(relations);
        java.util.Collections.reverse(fromLast);
        Map<String, Of> found = new HashMap<>();
        for (Relation relation : fromLast) {
            String name = relation.name().toLowerCase(Locale.ROOT);
            Of of = demand.of(relation, name, sinks.contains(name));
            found.put(name, of);
            if (relation instanceof Relation.StepRelation step
                    && (of.whyAll() != null || !of.conditions().isEmpty())) {
                demand.carry(step, of);
            }
        }
        return found;
    }

    private Of of(Relation relation, String name, boolean hasSink) {
        if (hasSink) {
            return new Of(List.of(), "a sink takes all of them");
        }
        if (!relation.checks().isEmpty()) {
            return new Of(List.of(), "its rules look at each of them");
        }
        if (relation.eventTime() != null) {
            return new Of(List.of(), "each of them moves its event time on");
        }
        return new Of(conditions.getOrDefault(name, List.of()), whyAll.get(name));
    }

    private void carry(Relation.StepRelation step, Of of) {
        if (looksAtRecords(step.node())) {
            step.node().visit(node -> {
                if (node instanceof Node.Scan scan) {
                    needAll(scan.relation(), "step " + step.name() + " looks at the records that they are");
                }
            });
            step.looksUp().forEach(table -> needAll(table, "step " + step.name() + " looks at records"));
            return;
        }
        RexNode condition = of.whyAll() != null ? null : RexUtil.composeDisjunction(rexBuilder, of.conditions());
        carry(step, step.node(), condition);
    }

    private static boolean looksAtRecords(Node root) {
        boolean[] found = {false};
        root.visit(node -> {
            if (node instanceof Node.Filter filter) {
                found[0] |= RecordFunction.isIn(filter.condition());
            } else if (node instanceof Node.Project project) {
                found[0] |= project.expressions().stream().anyMatch(RecordFunction::isIn);
            } else if (node instanceof Node.Lookup lookup) {
                found[0] |= lookup.key().stream().anyMatch(RecordFunction::isIn);
                found[0] |= lookup.condition() != null && RecordFunction.isIn(lookup.condition());
            } else if (node instanceof Node.Unnest unnest) {
                found[0] |= unnest.collection().stream().anyMatch(RecordFunction::isIn);
            }
        });
        return found[0];
    }

    private void needAll(String relation, String why) {
        whyAll.putIfAbsent(relation.toLowerCase(Locale.ROOT), why);
    }

    /** @param condition of which a row of the node makes a difference; null when any does */
    private void carry(Relation.StepRelation step, Node node, @Nullable RexNode condition) {
        if (node instanceof Node.Scan scan) {
            if (condition == null) {
                needAll(scan.relation(), "step " + step.name() + " filters by nothing that could be told beforehand");
            } else {
                conditions
                        .computeIfAbsent(scan.relation().toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                        .add(condition);
            }
        } else if (node instanceof Node.Filter filter) {
            carry(
                    step,
                    filter.input(),
                    condition == null
                            ? filter.condition()
                            : RexUtil.composeConjunction(rexBuilder, List.of(condition, filter.condition())));
        } else if (node instanceof Node.Project project) {
            carry(step, project.input(), through(condition, project.expressions()::get));
        } else if (node instanceof Node.AssignWindows || node instanceof Node.Unnest || node instanceof Node.Lookup) {
            Node input = node.inputs().get(0);
            carry(step, input, through(condition, column -> columnOf(input, column)));
            if (node instanceof Node.Lookup lookup) {
                carry(step, lookup.tableRow(), null);
            }
        } else if (node instanceof Node.Union union) {
            union.inputs().forEach(input -> carry(step, input, condition));
        } else {
            // What brings rows together makes something of each.
            node.inputs().forEach(input -> carry(step, input, null));
        }
    }

    private @Nullable RexNode columnOf(Node node, int column) {
        return column < node.rowType().getFieldCount() ? RexInputRef.of(column, node.rowType()) : null;
    }

    /**
     * A condition over a node's input that is true wherever {@code condition} is true of what the node makes of it; null when there is none.
     *
     * @param made what a column of the node is made of; null when of more than the input's row
     */
    private @Nullable RexNode through(@Nullable RexNode condition, IntFunction<@Nullable RexNode> made) {
        if (condition == null) {
            return null;
        }
        if (condition.getKind() == SqlKind.AND || condition.getKind() == SqlKind.OR) {
            List<RexNode> parts = new ArrayList<>();
            for (RexNode operand : ((RexCall) condition).getOperands()) {
                RexNode part = through(operand, made);
                if (part != null) {
                    parts.add(part);
                } else if (condition.getKind() == SqlKind.OR) {
                    return null;
                }
            }
            return condition.getKind() == SqlKind.OR
                    ? RexUtil.composeDisjunction(rexBuilder, parts)
                    : RexUtil.composeConjunction(rexBuilder, parts, true);
        }
        boolean[] isMade = {true};
        RexNode replaced = condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                RexNode of = made.apply(ref.getIndex());
                // What an expression makes of a row is computed where it is, and nowhere twice.
                isMade[0] &= of instanceof RexInputRef;
                return of == null ? ref : of;
            }
        });
        return isMade[0] ? replaced : null;
    }
}
