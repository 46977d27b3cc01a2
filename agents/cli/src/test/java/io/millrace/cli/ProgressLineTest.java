package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.RunSnapshot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final StringWriter shown = new StringWriter();

    @Test
    void shouldShowNothingOfWhatTakesLessThanASecond() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(shown), false, () -> now)) {
            now = now.plusMillis(900);
            line.show("working");
        }
        assertThat(shown.toString()).isEmpty();
    }

    @Test
    void shouldPrintAPlainLineEveryFewSecondsWhereThereIsNoTerminal() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(shown), false, () -> now)) {
            for (int i = 0; i < 70; i++) {
                now = now.plusMillis(100);
                line.at(new RunSnapshot(
                        RunSnapshot.Phase.READING_STREAMS,
                        Duration.ofMillis(100L * (i + 1)),
                        2000,
                        1000,
                        500,
                        i > 50 ? 3 : 0,
                        List.of(),
                        Duration.ZERO));
            }
        }
        assertThat(shown.toString()).isEqualTo("""
                        1.0 s  reading and processing streams: 2,000 read, 1,000 processed, 500 written; 1,000 rows/s
                        4.0 s  reading and processing streams: 2,000 read, 1,000 processed, 500 written; 250 rows/s
                        7.0 s  reading and processing streams: 2,000 read, 1,000 processed, 500 written, 3 in quarantine; 142 rows/s
                        """.replace("\n", System.lineSeparator()));
    }

    @Test
    void shouldWriteOneLineOverOnATerminalAndLeaveItClean() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(shown), true, () -> now)) {
            now = now.plusMillis(1000);
            line.show("a long line");
            now = now.plusMillis(500);
            line.show("short");
        }
        assertThat(shown.toString()).isEqualTo("\r1.0 s  a long line\r1.5 s  short      \r" + " ".repeat(12) + "\r");
    }

    @Test
    void shouldSayWhatItWaitsForWhenNothingMoves() {
        try (ProgressLine line = new ProgressLine(new PrintWriter(shown), false, () -> now)) {
            now = now.plusMillis(60_000);
            line.at(new RunSnapshot(
                    RunSnapshot.Phase.WRITING,
                    Duration.ofSeconds(60),
                    10,
                    10,
                    10,
                    0,
                    List.of("p-sink-warehouse"),
                    Duration.ofSeconds(31)));
        }
        assertThat(shown.toString()).contains("; nothing has moved for 31 s, waiting for p-sink-warehouse");
    }
}
