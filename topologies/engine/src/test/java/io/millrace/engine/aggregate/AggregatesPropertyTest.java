package io.millrace.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.sql.AggregateQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.calcite.avatica.util.ByteString;

/** All functions at once, over rows that come and go, against {@link Naive}. */
final class AggregatesPropertyTest {

    private static final List<String> FUNCTIONS = List.copyOf(Naive.FUNCTIONS.keySet());
    private static final AggregateQuery QUERY = AggregateQuery.of(String.join(", ", FUNCTIONS), Table.ROW);
    private static final int MOST_ROWS = 40;

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void shouldForgetRowsThatAreTakenAway(@ForAll("tables") List<Object[]> rows, @ForAll Random random) {
        // Given a group whose rows come and go, and whose state is now and then only bytes
        Fold fold = new Fold(QUERY, true);
        List<Object[]> remaining = new ArrayList<>();
        for (Object[] row : rows) {
            fold.add(row);
            remaining.add(row);
            while (!remaining.isEmpty() && random.nextInt(5) < 2) {
                fold.retract(remaining.remove(random.nextInt(remaining.size())));
            }
            if (random.nextInt(4) == 0) {
                fold.restore();
            }
        }

        // When it says what it has come to, then that is what its remaining rows amount to
        assertResults(fold, remaining);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void shouldNotDependOnTheOrderOfRows(@ForAll("tables") List<Object[]> rows, @ForAll Random random) {
        // Given the same rows in two orders
        List<Object[]> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);

        // When they are folded without ever taking one away, one of them by way of bytes
        Fold plain = new Fold(QUERY, false).add(rows);
        Fold restored = new Fold(QUERY, false);
        shuffled.forEach(row -> {
            restored.add(row);
            restored.restore();
        });

        // Then both give the same to the last bit
        assertResults(plain, rows);
        assertThat(deep(restored.results())).isEqualTo(deep(plain.results()));
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void shouldBeAsNewWhenAllRowsAreGone(@ForAll("tables") List<Object[]> rows, @ForAll Random random) {
        // Given rows that were added
        Fold fold = new Fold(QUERY, true).add(rows);

        // When all of them are taken away in another order
        List<Object[]> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(fold::retract);

        // Then nothing is left of them
        assertThat(fold.rowCount()).isZero();
        assertThat(fold.hasValues()).isFalse();
        assertResults(fold, List.of());
    }

    private static void assertResults(Fold fold, List<Object[]> rows) {
        assertThat(fold.rowCount()).isEqualTo(rows.size());
        Object[] results = fold.results();
        for (int i = 0; i < results.length; i++) {
            assertThat(deep(results[i]))
                    .as("%s of %s", FUNCTIONS.get(i), deep(rows))
                    .isEqualTo(deep(Naive.FUNCTIONS.get(FUNCTIONS.get(i)).apply(rows)));
        }
    }

    /** With lists in the place of arrays, which are equal when they hold the same. */
    private static Object deep(Object value) {
        if (value instanceof Object[] array) {
            return deep(Arrays.asList(array));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AggregatesPropertyTest::deep).collect(ArrayList::new, List::add, List::addAll);
        }
        return value;
    }

    @Provide
    Arbitrary<List<Object[]>> tables() {
        List<Arbitrary<Object>> columns = List.of(
                Arbitraries.integers().between(-5, 5).asGeneric(),
                Arbitraries.longs().between(-(1L << 40), 1L << 40).asGeneric(),
                doubles(),
                Arbitraries.of(0.5f, -0.0f, 0.0f, 0.1f, -3.25f, 1e30f, Float.MIN_VALUE)
                        .asGeneric(),
                Arbitraries.integers().between(-300, 300).map(cents -> BigDecimal.valueOf(cents, 2)),
                Arbitraries.of("", "a", "b", "bb", "é", "z").asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.longs().between(1_000, 1_005).asGeneric(),
                Arbitraries.integers().between(0, 3).asGeneric(),
                Arbitraries.integers()
                        .between(0, 3)
                        .injectNull(0.2)
                        .list()
                        .ofMaxSize(3)
                        .asGeneric(),
                Arbitraries.integers()
                        .between(0, 0xFFFF)
                        .map(bits -> new ByteString(new byte[] {(byte) (bits >> 8), bits.byteValue()})));
        List<Arbitrary<Object>> nullable =
                columns.stream().map(column -> column.injectNull(0.15)).toList();
        return Combinators.combine(nullable).as(List::toArray).list().ofMaxSize(MOST_ROWS);
    }

    private static Arbitrary<Object> doubles() {
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(20, Arbitraries.of(0.1, 0.2, 0.3, -0.1, -0.0, 0.0, 1.5)),
                        net.jqwik.api.Tuple.of(20, Arbitraries.doubles().between(-1000, 1000)),
                        net.jqwik.api.Tuple.of(3, Arbitraries.of(1e300, -1e300, 1e16, 1e-300, Double.MIN_VALUE)),
                        net.jqwik.api.Tuple.of(
                                1, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
                .asGeneric();
    }
}
