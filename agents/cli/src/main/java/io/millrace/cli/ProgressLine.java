package io.millrace.cli;

import io.millrace.orchestrator.RunObserver;
import io.millrace.orchestrator.RunSnapshot;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Shows how far a run is: on a terminal one line that is written over, elsewhere a plain line every few seconds. What takes less than
 * a second shows nothing.
 */
public final class ProgressLine implements RunObserver, AutoCloseable {

    /** The system property with which the {@code millrace} script says that standard error is a terminal. */
    private static final String TERMINAL = "millrace.terminal";

    private static final Duration WORTH_SAYING = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_PLAIN_LINES = Duration.ofSeconds(3);
    private static final Duration BETWEEN_REWRITES = Duration.ofMillis(200);

    private final PrintWriter err;
    private final boolean isTerminal;
    private final InstantSource clock;
    private final Instant began;
    private Instant shown = Instant.MIN;
    private final int columns = Integer.getInteger("millrace.columns", 80);
    private int width;

    public ProgressLine(PrintWriter err) {
        this(err, Boolean.getBoolean(TERMINAL), InstantSource.system());
    }

    ProgressLine(PrintWriter err, boolean isTerminal, InstantSource clock) {
        this.err = err;
        this.isTerminal = isTerminal;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public void at(RunSnapshot snapshot) {
        show(snapshot.phase().text() + ": " + Figures.count(snapshot.read()) + " read, "
                + Figures.count(snapshot.processed())
                + " processed, " + Figures.count(snapshot.written()) + " written"
                + (snapshot.setAside() == 0 ? "" : ", " + Figures.count(snapshot.setAside()) + " in quarantine")
                + "; " + Figures.perSecond(snapshot.processed(), snapshot.elapsed())
                + (snapshot.stalled().compareTo(WORTH_SAYING) < 0
                        ? ""
                        : "; nothing has moved for " + snapshot.stalled().toSeconds() + " s, waiting for "
                                + String.join(", ", snapshot.waitingFor())));
    }

    /** Shows {@code text}, unless something was shown just now. */
    public synchronized void show(String text) {
        Instant now = clock.instant();
        Duration pause = isTerminal ? BETWEEN_REWRITES : BETWEEN_PLAIN_LINES;
        if (now.isBefore(began.plus(SILENCE)) || (!shown.equals(Instant.MIN) && now.isBefore(shown.plus(pause)))) {
            return;
        }
        shown = now;
        String line =
                String.format(java.util.Locale.ROOT, "%5s  %s", Figures.seconds(Duration.between(began, now)), text);
        if (isTerminal) {
            line = line.substring(0, Math.min(line.length(), columns - 1));
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            err.flush();
            width = line.length();
        } else {
            err.println(line);
        }
    }

    /** Takes the line away, so that what follows begins on a clean one. */
    @Override
    public synchronized void close() {
        if (isTerminal && width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
            width = 0;
        }
    }
}
