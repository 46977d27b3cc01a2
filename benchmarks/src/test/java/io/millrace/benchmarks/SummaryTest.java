package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SummaryTest {

    @Test
    void shouldTellTheMedianTheLeastAndTheMost() throws IOException {
        Summary summary = new Summary();
        summary.add(Measurement.read(new Measurement("plan", 30, 500).line()));
        summary.add(new Measurement("plan", 10, 1500));
        summary.add(new Measurement("plan", 20, 1000));
        summary.add(new Measurement("plan", 90, 2000));
        assertThat(summary.table()).endsWith("| plan | 25 | 10 | 90 | 1.25 | 4 |\n");
        assertThat(summary.json())
                .isEqualTo("[{\"name\":\"plan\",\"times\":4,\"medianMs\":25.0,\"minMs\":10.0,\"maxMs\":90.0,"
                        + "\"cpuSeconds\":1.25}]");
    }

    @Test
    void shouldRefuseALineThatIsNoMeasurement() {
        assertThatThrownBy(() -> Measurement.read("WARN something")).isInstanceOf(IllegalArgumentException.class);
    }
}
