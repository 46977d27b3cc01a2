package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Classes of expressions go when their topology does; {@code -Dgenerated.classes=10000} makes that many. */
final class GeneratedClassesTest {

    private static final int COUNT = Integer.getInteger("generated.classes", 400);

    @Test
    void shouldUnloadTheClassesOfExpressionsThatNobodyUses() {
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        evaluate(0, 100);
        System.gc();
        int before = classes.getLoadedClassCount();
        long loadedBefore = classes.getTotalLoadedClassCount();
        evaluate(100, COUNT);
        System.gc();
        assertThat(classes.getTotalLoadedClassCount() - loadedBefore)
                .as("classes made")
                .isGreaterThan(COUNT);
        assertThat(classes.getLoadedClassCount() - before).as("classes kept").isLessThan(100);
    }

    private static void evaluate(int from, int count) {
        for (int i = from; i < from + count; i++) {
            assertThat(Evaluation.of("z + " + i + " + CHAR_LENGTH(s || '" + i + "')"))
                    .isEqualTo(Integer.toString(i + 4 + Integer.toString(i).length()));
        }
    }
}
