package io.millrace.engine.operator;

import java.util.List;

/** Gives each row to several chains. */
public final class Fork {

    private Fork() {}

    /** The one chain itself, or all of them one after the other; an end where there is none. */
    public static OperatorFactory of(List<OperatorFactory> branches) {
        if (branches.isEmpty()) {
            return context -> Operator.last(change -> {});
        }
        if (branches.size() == 1) {
            return branches.get(0);
        }
        return context -> {
            Operator[] operators =
                    branches.stream().map(branch -> branch.create(context)).toArray(Operator[]::new);
            return new Operator() {
                @Override
                public void process(Change change) {
                    for (Operator operator : operators) {
                        operator.process(change);
                    }
                }

                @Override
                public void advance(long watermarkMs) {
                    for (Operator operator : operators) {
                        operator.advance(watermarkMs);
                    }
                }

                @Override
                public void end() {
                    for (Operator operator : operators) {
                        operator.end();
                    }
                }
            };
        };
    }
}
