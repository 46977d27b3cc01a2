package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM that plans for weeks keeps nothing of the plans that are gone; {@code -Dmillrace.plans=10000} makes that many. */
final class PlanLeakTest {

    private static final int PLANS = Integer.getInteger("millrace.plans", 500);
    private static final int BEFORE = 100;
    private static final long MEBIBYTE = 1024L * 1024;

    private record Kept(int classes, long metaspaceMib, long heapMib) {

        static Kept now() {
            System.gc();
            return new Kept(
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                    ManagementFactory.getMemoryPoolMXBeans().stream()
                                    .filter(pool -> pool.getName().equals("Metaspace"))
                                    .mapToLong(PlanLeakTest::used)
                                    .sum()
                            / MEBIBYTE,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE);
        }
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    @Test
    void shouldKeepNothingOfPlansThatAreGone() throws InvalidDocumentException {
        plan(0, BEFORE);
        Kept before = Kept.now();
        long made = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();

        plan(BEFORE, PLANS);

        Kept after = Kept.now();
        assertThat(ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - made)
                .as("classes made")
                .isGreaterThan(2L * PLANS);
        assertThat(after.classes() - before.classes()).as("classes kept").isLessThan(100);
        assertThat(after.metaspaceMib() - before.metaspaceMib())
                .as("MiB of metaspace kept")
                .isLessThan(8);
        assertThat(after.heapMib() - before.heapMib()).as("MiB of heap kept").isLessThan(16);
    }

    private static void plan(int from, int count) throws InvalidDocumentException {
        for (int i = from; i < from + count; i++) {
            PlanTopology.build(
                    PipelinePlanner.plan(
                            Documents.read("test", document(i)).pipelines().get(0), List.of(), PlanOptions.DEFAULT),
                    new InMemorySchemaRegistry());
        }
    }

    /** Each with other constants, so that nothing of one can be of use to the next. */
    private static String document(int number) {
        return """
                apiVersion: millrace/v1
                kind: Pipeline
                metadata: {name: plan%d}
                spec:
                  sources:
                    orders: {connector: topic, columns: "id BIGINT NOT NULL, customer STRING, amount DECIMAL(10, 2)"}
                  steps:
                    big: SELECT id, UPPER(customer) || '%d' AS customer, amount FROM orders WHERE amount > %d
                    totals: SELECT customer, SUM(amount + %d) AS total FROM big GROUP BY customer
                  sinks:
                    out: {from: totals, connector: topic}
                """.formatted(number, number, number, number);
    }
}
