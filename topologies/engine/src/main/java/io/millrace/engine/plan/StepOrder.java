package io.millrace.engine.plan;

import io.millrace.document.Pipeline;
import io.millrace.document.Problem;
import io.millrace.document.Step;
import io.millrace.engine.sql.QueryInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The steps of a pipeline, each after the steps that it reads. */
final class StepOrder {

    private enum Mark {
        OPEN,
        DONE
    }

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final List<Step> path = new ArrayList<>();
    private final List<Step> ordered = new ArrayList<>();
    private final List<Problem> problems;

    private StepOrder(Pipeline pipeline, List<Problem> problems) {
        this.problems = problems;
        pipeline.steps().forEach(step -> steps.put(step.name().toLowerCase(Locale.ROOT), step));
    }

    /** Every step that is not part of a cycle; a cycle is added to {@code problems} once, at its first step. */
    static List<Step> of(Pipeline pipeline, List<Problem> problems) {
        StepOrder order = new StepOrder(pipeline, problems);
        order.steps.values().forEach(order::visit);
        return order.ordered;
    }

    /** Returns whether the step can be planned. */
    private boolean visit(Step step) {
        String name = step.name().toLowerCase(Locale.ROOT);
        if (marks.get(name) == Mark.DONE) {
            return ordered.contains(step);
        }
        if (marks.get(name) == Mark.OPEN) {
            reportCycle(step);
            return false;
        }
        marks.put(name, Mark.OPEN);
        path.add(step);
        Set<String> inputs = QueryInputs.of(step.sql());
        boolean isSound = true;
        for (String input : inputs) {
            Step before = steps.get(input.toLowerCase(Locale.ROOT));
            if (before != null) {
                isSound &= visit(before);
            }
        }
        path.remove(path.size() - 1);
        marks.put(name, Mark.DONE);
        if (isSound) {
            ordered.add(step);
        }
        return isSound;
    }

    private void reportCycle(Step step) {
        List<Step> cycle = path.subList(path.indexOf(step), path.size());
        StringBuilder way = new StringBuilder();
        cycle.forEach(member -> way.append(member.name()).append(" reads "));
        way.append(step.name());
        // The order of reading is the order of the names: the first reads the second.
        problems.add(new Problem(
                cycle.get(0).location(),
                "These steps read each other in a circle: " + way,
                "a step reads sources and steps that do not depend on it"));
    }
}
