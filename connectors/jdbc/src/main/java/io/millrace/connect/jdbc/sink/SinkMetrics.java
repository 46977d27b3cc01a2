package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * What a task has done, as metrics of its worker, each with its table as a tag: {@code rows-total}, {@code batch-time-ms-avg} and
 * {@code -max}, {@code retries-total}, {@code rejected-total}, and {@code lag-ms}, the age of the last record written.
 */
final class SinkMetrics implements AutoCloseable {

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "rows", "Rows written",
            "batch-time-ms", "How long the rows of a transaction took to reach the table, in milliseconds",
            "retries", "Transactions that were repeated so that others could go on",
            "rejected", "Rows that the database refused",
            "lag-ms", "The age of the last record when it was written, in milliseconds");

    private final @Nullable PluginMetrics metrics;
    private final Map<TableName, OfTable> tables = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    private SinkMetrics(@Nullable PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /** The metrics of a worker; of none when it has none, as before Kafka 4.1. */
    static SinkMetrics of(SinkTaskContext context) {
        try {
            return new SinkMetrics(context.pluginMetrics());
        } catch (NoSuchMethodError | UnsupportedOperationException e) {
            return new SinkMetrics(null);
        }
    }

    private record OfTable(Sensor rows, Sensor batchTimeMs, Sensor retries, Sensor rejected, Sensor lagMs) {}

    void batch(TableName table, int rows, int rejected, long tookMs, long lagMs) {
        OfTable sensors = of(table);
        if (sensors != null) {
            sensors.rows().record(rows);
            sensors.rejected().record(rejected);
            sensors.batchTimeMs().record((double) tookMs);
            sensors.lagMs().record((double) lagMs);
        }
    }

    void retried(TableName table) {
        OfTable sensors = of(table);
        if (sensors != null) {
            sensors.retries().record(1);
        }
    }

    private @Nullable OfTable of(TableName table) {
        PluginMetrics worker = metrics;
        return worker == null
                ? null
                : tables.computeIfAbsent(
                        table,
                        one -> new OfTable(
                                sensor(worker, one, "rows", Map.of("total", new CumulativeSum())),
                                sensor(worker, one, "batch-time-ms", Map.of("avg", new Avg(), "max", new Max())),
                                sensor(worker, one, "retries", Map.of("total", new CumulativeSum())),
                                sensor(worker, one, "rejected", Map.of("total", new CumulativeSum())),
                                sensor(worker, one, "lag-ms", Map.of("", new Value()))));
    }

    private Sensor sensor(PluginMetrics worker, TableName table, String what, Map<String, MeasurableStat> stats) {
        String name = what + " " + table;
        Sensor sensor = worker.addSensor(name);
        names.add(name);
        stats.forEach((kind, stat) -> {
            LinkedHashMap<String, String> tags = new LinkedHashMap<>();
            tags.put("table", table.toString());
            MetricName metric = worker.metricName(
                    kind.isEmpty() ? what : what + "-" + kind, DESCRIPTIONS.getOrDefault(what, what), tags);
            sensor.add(metric, stat);
        });
        return sensor;
    }

    @Override
    public void close() {
        PluginMetrics worker = metrics;
        if (worker != null) {
            names.forEach(worker::removeSensor);
        }
    }
}
