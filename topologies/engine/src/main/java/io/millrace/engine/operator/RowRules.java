package io.millrace.engine.operator;

import io.millrace.document.OnFailure;
import io.millrace.engine.sql.CompiledExpressions;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.metrics.Sensor;
import org.jspecify.annotations.Nullable;

/** Holds each row against the rules of its relation. A row for which a rule is unknown keeps it. */
public final class RowRules {

    private RowRules() {}

    /** A rule, ready to run: its own words, what follows when it is broken, and its condition's place among the expressions. */
    public record RowRule(String text, OnFailure onFailure) {}

    /**
     * Lets through the rows that keep every rule, and those that only break rules that warn.
     *
     * @param conditions one for each rule, in the same order
     */
    public static OperatorFactory check(
            List<RowRule> rules,
            CompiledExpressions conditions,
            String relation,
            RelDataType rowType,
            Quarantine quarantine,
            OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            List<Sensor> warnings = rules.stream()
                    .map(rule -> context.warningSensor(relation, rule.text()))
                    .toList();
            return (source, timestampMs, row) -> {
                @Nullable Object[] results;
                try {
                    results = conditions.evaluate(context.expressions(), row);
                } catch (RuntimeException e) {
                    quarantine.add(context, relation, source, Quarantine.Reason.expression(e), rowType, row);
                    return;
                }
                for (int i = 0; i < results.length; i++) {
                    if (Boolean.FALSE.equals(results[i])) {
                        RowRule broken = rules.get(i);
                        if (broken.onFailure() == OnFailure.WARN) {
                            warnings.get(i).record();
                        } else if (broken.onFailure() == OnFailure.FAIL) {
                            throw new RuleBrokenException(relation, broken.text(), source);
                        } else {
                            quarantine.add(
                                    context, relation, source, Quarantine.Reason.rule(broken.text()), rowType, row);
                            return;
                        }
                    }
                }
                downstream.process(source, timestampMs, row);
            };
        };
    }
}
