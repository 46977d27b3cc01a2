package io.millrace.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all rounds gave, each name with its median, least and most; the wall's in milliseconds, the processors' in seconds. */
final class Summary {

    private final Map<String, List<Measurement>> byName = new LinkedHashMap<>();

    void add(Measurement measurement) {
        byName.computeIfAbsent(measurement.name(), name -> new ArrayList<>()).add(measurement);
    }

    private record Row(String name, int count, double medianMs, double minMs, double maxMs, double cpuSeconds) {}

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        byName.forEach((name, all) -> {
            List<Double> wall = all.stream().map(Measurement::wallMs).sorted().toList();
            List<Double> cpu = all.stream().map(Measurement::cpuMs).sorted().toList();
            rows.add(new Row(
                    name, all.size(), median(wall), wall.get(0), wall.get(wall.size() - 1), median(cpu) / 1000));
        });
        return rows;
    }

    static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** How many times as long one took as the other, by their medians. */
    double ratio(String slower, String faster) {
        return medianMs(slower) / medianMs(faster);
    }

    private double medianMs(String name) {
        return rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .medianMs();
    }

    /** A table in Markdown. */
    String table() {
        StringBuilder table =
                new StringBuilder("| what | median ms | min | max | CPU s | times |\n|---|---|---|---|---|---|\n");
        for (Row row : rows()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %.0f | %.2f | %d |%n",
                    row.name(),
                    row.medianMs(),
                    row.minMs(),
                    row.maxMs(),
                    row.cpuSeconds(),
                    row.count()));
        }
        return table.toString();
    }

    /** The same as an array of objects. */
    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (Row row : rows()) {
                json.writeStartObject();
                json.writeStringField("name", row.name());
                json.writeNumberField("times", row.count());
                json.writeNumberField("medianMs", row.medianMs());
                json.writeNumberField("minMs", row.minMs());
                json.writeNumberField("maxMs", row.maxMs());
                json.writeNumberField("cpuSeconds", row.cpuSeconds());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }
}
