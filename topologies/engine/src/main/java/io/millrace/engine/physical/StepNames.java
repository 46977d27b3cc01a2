package io.millrace.engine.physical;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of what keeps state in a step: the step's name, what it does, and from the second of a kind on, a number. They stay when other
 * steps change.
 */
final class StepNames {

    private final String step;
    private final Map<String, Integer> used = new HashMap<>();

    StepNames(String step) {
        this.step = step;
    }

    String next(String kind) {
        int number = used.merge(kind, 1, Integer::sum);
        return step + "-" + kind + (number == 1 ? "" : "-" + number);
    }
}
