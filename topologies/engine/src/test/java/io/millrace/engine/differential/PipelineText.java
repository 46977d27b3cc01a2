package io.millrace.engine.differential;

import java.util.List;
import java.util.Map;

/** Writes the pipeline of a test as a document, so that it goes the way of every other one. */
final class PipelineText {

    private PipelineText() {}

    /** A document in which every source is a topic and the rows of every step are kept on one. */
    static String of(List<RelationSpec> sources, Map<String, String> steps) {
        StringBuilder yaml =
                new StringBuilder("apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: d}\nspec:\n  sources:\n");
        StringBuilder times = new StringBuilder();
        for (RelationSpec source : sources) {
            yaml.append("    ").append(source.name()).append(":\n      connector: topic\n      columns: ");
            quote(yaml, source.columns());
            yaml.append('\n');
            if (source.isTable()) {
                yaml.append("      as: table\n      key: [")
                        .append(String.join(", ", source.key()))
                        .append("]\n");
            }
            if (source.timeColumn() != null) {
                times.append("    ").append(source.name()).append(": {column: ").append(source.timeColumn());
                times.append(", delay: ").append(source.delay()).append("}\n");
            }
        }
        yaml.append("  steps:\n");
        steps.forEach((name, sql) -> {
            yaml.append("    ").append(name).append(": ");
            quote(yaml, sql);
            yaml.append('\n');
        });
        if (times.length() > 0) {
            yaml.append("  event_time:\n").append(times);
        }
        yaml.append("  sinks:\n");
        steps.keySet()
                .forEach(name -> yaml.append("    ")
                        .append(name)
                        .append("_out: {from: ")
                        .append(name)
                        .append(", connector: topic}\n"));
        return yaml.toString();
    }

    private static void quote(StringBuilder yaml, String text) {
        yaml.append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                yaml.append('\\').appendCodePoint(c);
            } else if (c < ' ') {
                yaml.append(String.format("\\x%02x", c));
            } else {
                yaml.appendCodePoint(c);
            }
        });
        yaml.append('"');
    }
}
