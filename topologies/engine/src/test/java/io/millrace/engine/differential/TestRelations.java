package io.millrace.engine.differential;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The relations that stateful queries are over: the streams {@code s} and {@code r}, the tables {@code t} with the key {@code k} and
 * {@code p} with the key {@code pid} and a foreign key {@code k} to {@code t}.
 */
final class TestRelations {

    static final Duration DELAY = Duration.ofMinutes(10);

    private static final long START_MS = 1_700_000_000_000L;
    private static final long STEP_MS = 45_000;
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "");

    private final Random random;

    TestRelations(Random random) {
        this.random = random;
    }

    TestRelation stream(String name, int rows) {
        List<String> names = List.of("rid", "ts", "k", "n", "d", "f", "b");
        List<ColumnType> types = List.of(
                ColumnType.BIGINT,
                ColumnType.TIMESTAMP,
                ColumnType.VARCHAR,
                ColumnType.INTEGER,
                ColumnType.DECIMAL,
                ColumnType.DOUBLE,
                ColumnType.BOOLEAN);
        List<Input> inputs = new ArrayList<>();
        long time = START_MS;
        for (int i = 0; i < rows; i++) {
            time += random.nextInt((int) (2 * STEP_MS));
            inputs.add(Input.row(
                    name,
                    (long) i,
                    time,
                    orNull(KEYS.get(random.nextInt(KEYS.size()))),
                    orNull(random.nextInt(21) - 10),
                    orNull(BigDecimal.valueOf(random.nextInt(20_001) - 10_000L, ColumnType.DECIMAL_SCALE)),
                    // Quarters add up to the same sum in any order.
                    orNull((random.nextInt(201) - 100) / 4.0),
                    orNull(random.nextBoolean())));
        }
        RelationSpec spec = RelationSpec.stream(name, TestRelation.columns(names, types, List.of("rid", "ts")))
                .timed("ts", DELAY);
        return new TestRelation(spec, names, types, inputs);
    }

    /** A changelog in which keys come, change and go. */
    TestRelation table(int changes) {
        List<String> names = List.of("k", "name", "w");
        List<ColumnType> types = List.of(ColumnType.VARCHAR, ColumnType.VARCHAR, ColumnType.INTEGER);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            Object[] row = {
                KEYS.get(random.nextInt(KEYS.size())), orNull("name" + random.nextInt(4)), orNull(random.nextInt(9) - 4)
            };
            inputs.add(new Input("t", row, random.nextInt(100) < 20));
        }
        return new TestRelation(
                RelationSpec.table("t", TestRelation.columns(names, types, List.of("k")), "k"), names, types, inputs);
    }

    TestRelation foreignTable(int changes) {
        return foreignTable("p", changes);
    }

    TestRelation foreignTable(String name, int changes) {
        List<String> names = List.of("pid", "k", "v");
        List<ColumnType> types = List.of(ColumnType.INTEGER, ColumnType.VARCHAR, ColumnType.INTEGER);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            Object[] row = {
                random.nextInt(12), orNull(KEYS.get(random.nextInt(KEYS.size()))), orNull(random.nextInt(9) - 4)
            };
            inputs.add(new Input(name, row, random.nextInt(100) < 20));
        }
        return new TestRelation(
                RelationSpec.table(name, TestRelation.columns(names, types, List.of("pid")), "pid"),
                names,
                types,
                inputs);
    }

    private Object orNull(Object value) {
        return random.nextInt(100) < 12 ? null : value;
    }

    /**
     * The records of all relations in an order in which they may come: a stream's no later than its delay allows, a table's in the
     * order of its changes.
     *
     * @param tablesFirst whether tables come before everything else, as those do that rows are looked up in
     */
    static List<Input> arrival(List<TestRelation> relations, Random random, boolean tablesFirst) {
        record Arrival(long atMs, Input input) {}
        List<Arrival> arrivals = new ArrayList<>();
        for (TestRelation relation : relations) {
            long changeMs = START_MS;
            for (Input input : relation.inputs()) {
                if (relation.timeColumn() >= 0) {
                    long time = (Long) input.values()[relation.timeColumn()];
                    arrivals.add(new Arrival(time + random.nextInt((int) DELAY.toMillis()), input));
                } else {
                    changeMs += random.nextInt((int) (2 * STEP_MS));
                    arrivals.add(new Arrival(tablesFirst ? 0 : changeMs, input));
                }
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atMs));
        return arrivals.stream().map(Arrival::input).toList();
    }
}
