package io.millrace.engine.operator;

/** A row broke a rule whose {@code on_failure} is {@code fail}: the pipeline stops before it. */
public final class RuleBrokenException extends RowFailedException {

    public RuleBrokenException(String relation, String rule, SourceRow source) {
        super("A row of '" + relation + "' breaks the rule " + rule + ", which fails the pipeline"
                + RowFailedException.place(source));
    }
}
