package io.millrace.engine.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison as people read it in a terminal. */
public final class ComparisonText {

    private ComparisonText() {}

    /** Each piece of state with its fate, and what to do. */
    public static String of(Comparison comparison) {
        Lines lines = new Lines();
        lines.add(0, "pipeline " + comparison.pipeline() + ": " + verdict(comparison));
        for (Comparison.Fate fate : Comparison.Fate.values()) {
            List<Comparison.Item> items = comparison.items().stream()
                    .filter(item -> item.fate() == fate)
                    .toList();
            if (!items.isEmpty()) {
                lines.heading(fate.name().toLowerCase(Locale.ROOT));
            }
            for (Comparison.Item item : items) {
                lines.add(
                        1,
                        item.layout().kind().name().toLowerCase(Locale.ROOT) + " "
                                + item.layout().name());
                item.notes().forEach(note -> lines.add(2, note));
            }
        }
        return lines.text();
    }

    /** What can be done with the new plan. */
    public static String verdict(Comparison comparison) {
        if (!comparison.isSameApplication()) {
            return "another application, which begins anew";
        }
        if (comparison.canGoOn()) {
            return "the application goes on from its offsets";
        }
        List<String> relations = new ArrayList<>();
        comparison.items().forEach(item -> {
            if (item.fate() == Comparison.Fate.REBUILT
                    && !relations.contains(item.layout().relation())) {
                relations.add(item.layout().relation());
            }
        });
        return "the application cannot go on from its offsets: it would read state of another form. Give "
                + String.join(", ", relations)
                + " another name, to begin anew under that, or reset the application and its topics";
    }
}
