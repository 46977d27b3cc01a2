package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunLockTest {

    @TempDir
    private Path directory;

    @Test
    void shouldRefuseASecondRunOfThePipelineUntilTheFirstHasEnded() throws Exception {
        try (RunLock first = RunLock.acquire(directory, "flights");
                RunLock other = RunLock.acquire(directory, "late")) {
            assertThat(first).isNotSameAs(other);
            assertThatThrownBy(() -> RunLock.acquire(directory, "flights"))
                    .isInstanceOfSatisfying(
                            RunException.class, e -> assertThat(e.kind()).isEqualTo(RunException.Kind.REFUSED))
                    .hasMessageStartingWith("A run of flights is under way");
        }
        RunLock.acquire(directory, "flights").close();
    }
}
