package io.millrace.engine.operator;

import io.millrace.document.OnFailure;
import io.millrace.engine.row.Row;
import io.millrace.engine.sql.CompiledExpressions;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.metrics.Sensor;

/** Holds each row against the rules of its relation. A row for which a rule is unknown keeps it. */
public final class RowRules {

    private RowRules() {}

    /** A rule, ready to run: its own words, what follows when it is broken, and its condition's place among the expressions. */
    public record RowRule(String text, OnFailure onFailure) {}

    /**
     * Lets through the rows that keep every rule, and those that only break rules that warn. A row of a table that takes another's place
     * and breaks a rule leaves no row.
     *
     * @param conditions one for each rule, in the same order
     */
    public static OperatorFactory check(
            List<RowRule> rules,
            CompiledExpressions conditions,
            RelDataType rowType,
            Failures failures,
            OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            List<Sensor> warnings = warnings(rules, failures, context);
            return Operator.stateless(downstream, change -> {
                Row before = change.before() != null && keeps(rules, conditions, context, change.before())
                        ? change.before()
                        : null;
                Row after = change.after();
                if (after != null && !isKept(rules, conditions, context, change, rowType, failures, warnings)) {
                    after = null;
                }
                Calculation.pass(downstream, change, before, after);
            });
        };
    }

    /** Says of a row that comes whether it goes on; sets it aside where it does not. */
    @FunctionalInterface
    public interface Gate {
        boolean passes(Change change);
    }

    /** Makes the gate of one task. */
    @FunctionalInterface
    public interface GateFactory {

        /** Lets every row through. */
        GateFactory OPEN = context -> change -> true;

        Gate create(OperatorContext context);
    }

    /**
     * A gate before a table: a row that breaks a rule does not come into it, so that the row that was there stays.
     *
     * @param conditions one for each rule, in the same order
     */
    public static GateFactory gate(
            List<RowRule> rules, CompiledExpressions conditions, RelDataType rowType, Failures failures) {
        return context -> {
            List<Sensor> warnings = warnings(rules, failures, context);
            return change -> isKept(rules, conditions, context, change, rowType, failures, warnings);
        };
    }

    private static List<Sensor> warnings(List<RowRule> rules, Failures failures, OperatorContext context) {
        return rules.stream()
                .map(rule -> context.warningSensor(failures.relation(), rule.text()))
                .toList();
    }

    /** Whether a row that has been here before went on. */
    private static boolean keeps(
            List<RowRule> rules, CompiledExpressions conditions, OperatorContext context, Row row) {
        try {
            Row results = conditions.evaluate(context.expressions(), row);
            for (int i = 0; i < results.size(); i++) {
                if (Boolean.FALSE.equals(results.get(i)) && rules.get(i).onFailure() != OnFailure.WARN) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean isKept(
            List<RowRule> rules,
            CompiledExpressions conditions,
            OperatorContext context,
            Change change,
            RelDataType rowType,
            Failures failures,
            List<Sensor> warnings) {
        Row row = change.row();
        Row results;
        try {
            results = conditions.evaluate(context.expressions(change), row);
        } catch (RuntimeException e) {
            failures.expression(context, change, e, rowType, row);
            return false;
        }
        for (int i = 0; i < results.size(); i++) {
            if (Boolean.FALSE.equals(results.get(i))) {
                RowRule broken = rules.get(i);
                if (broken.onFailure() == OnFailure.WARN) {
                    warnings.get(i).record();
                } else if (broken.onFailure() == OnFailure.FAIL) {
                    throw new RuleBrokenException(failures.relation(), broken.text(), change.source());
                } else {
                    failures.quarantine()
                            .add(
                                    context,
                                    failures.relation(),
                                    change.source(),
                                    Quarantine.Reason.rule(broken.text()),
                                    rowType,
                                    row);
                    return false;
                }
            }
        }
        return true;
    }
}
