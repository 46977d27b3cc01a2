package io.millrace.engine.operator;

import java.util.List;

/** Gives each row to several chains. */
public final class Fork {

    private Fork() {}

    /** The one chain itself, or all of them one after the other. */
    public static OperatorFactory of(List<OperatorFactory> branches) {
        if (branches.size() == 1) {
            return branches.get(0);
        }
        return context -> {
            Operator[] operators =
                    branches.stream().map(branch -> branch.create(context)).toArray(Operator[]::new);
            return (source, timestampMs, row) -> {
                for (Operator operator : operators) {
                    operator.process(source, timestampMs, row);
                }
            };
        };
    }
}
