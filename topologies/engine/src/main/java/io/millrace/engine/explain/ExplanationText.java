package io.millrace.engine.explain;

import io.millrace.document.PushDown;
import io.millrace.engine.plan.SourceNeeds;
import io.millrace.engine.plan.StateLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** An explanation as people read it in a terminal. */
public final class ExplanationText {

    private final Explanation explanation;
    private final Lines lines = new Lines();

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
    }

    /** Everything as text, a heading for each part. */
    public static String of(Explanation explanation) {
        return new ExplanationText(explanation).text();
    }

    private String text() {
        lines.add(0, "pipeline " + explanation.pipeline() + ", application " + explanation.applicationId());
        explanation.sources().forEach(this::source);
        explanation.steps().forEach(this::step);
        estimates();
        lines.heading("topics");
        explanation.topics().forEach(topic -> {
            String config = new TreeMap<>(topic.config()).toString();
            lines.add(
                    1,
                    topic.name() + ", partitions " + topic.partitions()
                            + (topic.config().isEmpty() ? "" : ", " + config));
        });
        lines.heading("connectors");
        explanation.connectors().forEach(connector -> {
            lines.add(1, connector.name());
            new TreeMap<>(connector.config()).forEach((key, value) -> lines.add(2, key + " = " + value));
        });
        lines.heading("topology");
        return lines.text() + explanation.topology();
    }

    private void source(Explanation.Source source) {
        lines.heading("source " + source.name());
        lines.add(
                1,
                kind(source.isTable(), source.key()) + ", topic " + source.topic() + ", connector "
                        + source.connector());
        lines.add(1, "decoded: " + String.join(", ", source.decoded()));
        if (!source.skipped().isEmpty()) {
            lines.add(1, "skipped undecoded: " + String.join(", ", source.skipped()));
        }
        pushDown(source);
        source.rules().forEach(rule -> lines.add(1, "rule: " + rule));
        state(source.state());
    }

    private void pushDown(Explanation.Source source) {
        SourceNeeds needs = source.needs();
        boolean isTopic = source.connector().equals("topic");
        boolean isPushable =
                source.connector().equals("jdbc") || source.connector().equals("s3");
        if (!isPushable) {
            lines.add(
                    1,
                    "not pushed down: "
                            + (isTopic ? "others write the topic" : "how is not known of such a connector"));
            return;
        }
        String setting = needs.setting().name().toLowerCase(Locale.ROOT);
        if (needs.isColumnsPushed()) {
            lines.add(1, "pushed to the connector: columns " + String.join(", ", needs.columns()));
        } else if (!needs.otherColumns().isEmpty()) {
            lines.add(
                    1, "not pushed, since push_down is " + setting + ": columns " + String.join(", ", needs.columns()));
        } else {
            lines.add(1, "not pushed, since every column is needed: columns");
        }
        if (needs.isWherePushed()) {
            lines.add(1, "pushed to the connector: where " + needs.where());
        } else if (source.connector().equals("s3")) {
            lines.add(1, "not pushed, since an s3 connector takes no conditions: where");
        } else if (needs.where().isEmpty()) {
            lines.add(1, "not pushed, every row is needed: " + needs.whyAllRows());
        } else {
            lines.add(
                    1,
                    "not pushed, since push_down is " + (needs.setting() == PushDown.NONE ? "none" : setting)
                            + ": where " + needs.where());
        }
    }

    private void step(Explanation.Step step) {
        lines.heading("step " + step.name());
        lines.add(
                1,
                kind(step.isTable(), step.key())
                        + (step.reads().isEmpty() ? "" : ", reads " + String.join(", ", step.reads()))
                        + (step.looksUp().isEmpty() ? "" : ", looks up in " + String.join(", ", step.looksUp()))
                        + (step.isWanted() ? "" : "; does not run: nothing takes its rows"));
        lines.add(1, "as written:");
        plan(step.logical());
        lines.add(1, "optimised:");
        plan(step.optimised());
        lines.add(1, "operators:");
        step.operators()
                .forEach(operator -> lines.add(
                        2 + operator.depth(),
                        operator.text()
                                + (operator.store().isEmpty() ? "" : "  store " + operator.store())
                                + (operator.repartition().isEmpty()
                                        ? ""
                                        : "  repartition by " + operator.repartition())));
        step.rules().forEach(rule -> lines.add(1, "rule: " + rule));
        state(step.state());
    }

    private void plan(String plan) {
        plan.lines().forEach(line -> {
            int depth = (int) line.chars().takeWhile(c -> c == ' ').count() / 2;
            lines.add(2 + depth, line.strip());
        });
    }

    private void state(List<StateLayout> state) {
        if (state.isEmpty()) {
            return;
        }
        lines.add(1, "state:");
        for (StateLayout layout : state) {
            String behind = switch (layout.kind()) {
                case STORE ->
                    layout.topic().isEmpty() ? ", filled from the source's topic" : ", changelog " + layout.topic();
                case REPARTITION -> ", topic " + layout.topic();
                case OFFSETS -> "";
            };
            lines.add(2, layout.kind().name().toLowerCase(Locale.ROOT) + " " + layout.name() + behind);
        }
    }

    private static String kind(boolean isTable, List<String> key) {
        return (isTable ? "table" : "stream") + (key.isEmpty() ? "" : ", key " + String.join(", ", key));
    }

    private void estimates() {
        lines.heading("estimates");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "relation", "rows in", "rows out", "work", "repartitioned", "bytes", "keys", "bytes/key", "state"));
        explanation.sources().forEach(source -> rows.add(row(source.name(), source.estimate())));
        explanation.steps().forEach(step -> rows.add(row(step.name(), step.estimate())));
        lines.table(rows);
    }

    private static List<String> row(String name, Estimate estimate) {
        return List.of(
                name,
                amount(estimate.rowsIn()),
                amount(estimate.rowsOut()),
                amount(estimate.cpu()),
                amount(estimate.repartitionedRows()),
                amount(estimate.repartitionedBytes()),
                amount(estimate.stateKeys()),
                amount(estimate.stateBytesPerKey()),
                amount(estimate.stateBytes()));
    }

    /** A number to two digits or three, since no more of it means anything. */
    static String amount(double number) {
        if (number <= 0) {
            return "-";
        }
        String[] units = {"", "k", "M", "G", "T"};
        int unit = 0;
        double rest = number;
        while (rest >= 999.5 && unit < units.length - 1) {
            rest /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, rest < 9.95 && unit > 0 ? "%.1f%s" : "%.0f%s", rest, units[unit]);
    }
}
