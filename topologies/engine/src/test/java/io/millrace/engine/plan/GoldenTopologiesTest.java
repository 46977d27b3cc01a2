package io.millrace.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The topologies of typical pipelines, with every name and what is stored under it, as they were: state that an application has kept can be
 * read by the next only where nothing of that changes. {@code -Dgolden.update=true} writes them anew.
 */
final class GoldenTopologiesTest {

    private static final Path DIRECTORY = Path.of("src/test/resources/topologies");

    static Stream<String> pipelines() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void shouldHaveTheTopologyAndStateThatItHad(String name) throws Exception {
        PipelinePlan plan = TopologyText.plan(Files.readString(DIRECTORY.resolve(name + ".yaml")));
        String now = TopologyText.of(plan);
        Path golden = DIRECTORY.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, now);
        }
        assertThat(golden).exists();
        assertThat(now)
                .as("state under these names could not be read; -Dgolden.update=true if that is meant to be")
                .isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void shouldKnowEveryStoreOfTheTopology(String name) throws Exception {
        PipelinePlan plan = TopologyText.plan(Files.readString(DIRECTORY.resolve(name + ".yaml")));
        TreeSet<String> planned = new TreeSet<>();
        PlannedState.of(plan).stream()
                .filter(layout -> layout.kind() == StateLayout.Kind.STORE)
                .forEach(layout -> planned.add(layout.name()));
        assertThat(planned).isEqualTo(TopologyText.stores(plan));
    }
}
