package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.database.PostgresDialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

final class SeenTest {

    private static final Schema SCHEMA =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final RowOrder ORDER = RowOrder.of(
            List.of(new TableColumn("id", "int8", Types.BIGINT, 19, 0, false, false)),
            List.of("incrementing"),
            Map.of(),
            new PostgresDialect());

    private static FetchedRow row(long id) {
        return FetchedRow.good(new Struct(SCHEMA).put("id", id), List.of(id));
    }

    @SuppressWarnings("unchecked")
    private static Comparable<Object> lead(long value) {
        return (Comparable<Object>) (Object) value;
    }

    private static void shouldKnowWhatItHolds(Seen seen, Seen restored, long seed) {
        Random random = new Random(seed);
        Set<Long> model = new HashSet<>();
        for (int step = 0; step < 400; step++) {
            long id = random.nextInt(120);
            switch (random.nextInt(8)) {
                case 0 -> {
                    long settled = random.nextInt(60);
                    seen.forget(lead(settled), false);
                    // Those at the settled value itself may be kept: they will not be asked for, or have to be known.
                    model.removeIf(known -> known < settled || (known == settled && !seen.contains(row(known))));
                }
                default -> {
                    assertThat(seen.contains(row(id))).as("seed " + seed).isEqualTo(model.contains(id));
                    if (model.add(id)) {
                        seen.add(row(id));
                    }
                }
            }
        }
        List<FetchedRow> page = new ArrayList<>();
        for (long id = 200; id < 240; id += 1 + random.nextInt(3)) {
            page.add(row(id));
        }
        int taken = random.nextInt(page.size());
        restored.restore(seen.encode(), seen.encode(page), taken);
        for (long id = 0; id < 120; id++) {
            assertThat(restored.contains(row(id)))
                    .as("seed " + seed + ", " + id)
                    .isEqualTo(model.contains(id));
        }
        for (int i = 0; i < page.size(); i++) {
            assertThat(restored.contains(page.get(i))).as("seed " + seed).isEqualTo(i < taken);
        }
    }

    @Test
    void shouldKnowWhatItHoldsAndTellItByATextAgain() {
        for (long seed = 0; seed < 200; seed++) {
            shouldKnowWhatItHolds(new SeenNumbers(), new SeenNumbers(), seed);
            shouldKnowWhatItHolds(new SeenRows(ORDER), new SeenRows(ORDER), seed);
        }
    }

    @Test
    void shouldHoldARunOfNumbersInOnePart() {
        Seen seen = new SeenNumbers();
        List<Long> ids = new ArrayList<>(
                java.util.stream.LongStream.range(1, 1001).boxed().toList());
        java.util.Collections.shuffle(ids, new Random(1));
        ids.forEach(id -> seen.add(row(id)));
        assertThat(seen.encode()).isEqualTo("1..1000");
        assertThat(seen.size()).isEqualTo(1);
        seen.forget(lead(400), false);
        assertThat(seen.encode()).isEqualTo("401..1000");
    }

    @Test
    void shouldCountRowsThatNothingTellsApart() {
        Seen seen = new SeenRows(ORDER);
        seen.add(row(1));
        assertThat(seen.contains(row(1))).isTrue();
        assertThat(seen.contains(row(1).after(1))).isFalse();
    }

    @Test
    void shouldRefuseWhatItCannotHaveWritten() {
        assertThatThrownBy(() -> new SeenNumbers().restore("1..x", "", 0)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> new SeenRows(ORDER).restore("AAA", "", 0)).isInstanceOf(ConnectException.class);
    }
}
