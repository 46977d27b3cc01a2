package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises and the order of the modules, held against the checkout itself. */
final class HouseTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<artifactId>(millrace-[a-z0-9-]+)</artifactId>(?:<scope>[a-z]+</scope>)?</dependency>");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern ARTIFACT =
            Pattern.compile("</parent>\\s*<artifactId>(millrace-[a-z0-9-]+)</artifactId>");
    /** What each floor may depend on, beside itself. */
    private static final Map<String, Set<String>> FLOORS = Map.of(
            "schemas", Set.of(),
            "connectors", Set.of(),
            "topologies", Set.of("schemas"),
            "agents", Set.of("schemas", "topologies"),
            "deploy", Set.of("schemas", "connectors", "topologies", "agents"));

    @Test
    void shouldPointArrowsUpTheListOfModulesOnly() throws IOException {
        Map<String, Path> modules = modules();
        assertThat(modules).containsKeys("millrace-engine", "millrace-connect-common", "millrace-cli");
        List<String> wrong = new ArrayList<>();
        for (Path module : modules.values()) {
            Matcher dependency =
                    DEPENDENCY.matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
            while (dependency.find()) {
                Path target = modules.get(dependency.group(1));
                if (!floor(target).equals(floor(module))
                        && !FLOORS.get(floor(module)).contains(floor(target))) {
                    wrong.add(module + " may not depend on " + target);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Every module of the house by its artifact. */
    private static Map<String, Path> modules() throws IOException {
        Map<String, Path> modules = new TreeMap<>();
        for (String floor : FLOORS.keySet()) {
            try (Stream<Path> rooms = Files.list(ROOT.resolve(floor))) {
                for (Path room : rooms.filter(path -> Files.exists(path.resolve("pom.xml")))
                        .toList()) {
                    Matcher artifact = ARTIFACT.matcher(Files.readString(room.resolve("pom.xml")));
                    assertThat(artifact.find()).as("artifact of %s", room).isTrue();
                    modules.put(artifact.group(1), ROOT.relativize(room));
                }
            }
        }
        return modules;
    }

    private static String floor(Path module) {
        return module.getName(0).toString();
    }

    @Test
    void shouldShowInTheReadmeWhatTheCommandPrints() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme).contains(printed("validate", "../../examples/flights/flights.yaml"));
        assertThat(readme).contains(printed("test", "../../examples/flights/flights-test.yaml"));
    }

    @Test
    void shouldShowTheWholePipelineInTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme)
                .contains("```yaml\n" + Files.readString(ROOT.resolve("examples/flights/flights.yaml")) + "```");
    }

    @Test
    void shouldShowInTheReadmeHowAMistakeIsShown(@TempDir Path directory) throws IOException {
        Path pipeline = Files.writeString(directory.resolve("p.yaml"), """
                apiVersion: millrace/v1
                kind: Pipeline
                metadata: {name: p}
                spec:
                  sources:
                    flights: {connector: topic, columns: "origin STRING, delay INT"}
                  steps:
                    late: |
                      SELECT origin,
                        dealy
                      FROM flights
                  sinks:
                    out: {from: late, connector: topic}
                """);
        StringWriter err = new StringWriter();
        Millrace.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), "validate", pipeline.toString());
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("```\n" + err.toString().replace(directory + "/", "") + "```");
    }

    @Test
    void shouldPassTheTestsOfEveryExample() throws IOException {
        List<Path> tests;
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            tests = files.filter(file -> file.toString().endsWith("-test.yaml")).toList();
        }
        assertThat(tests).hasSizeGreaterThan(1);
        for (Path test : tests) {
            assertThat(printed("test", test.toString())).as(test.toString()).contains(" passed, 0 failed");
        }
    }

    @Test
    void shouldLeadNowhereFromNoPage() throws IOException {
        List<String> dead = new ArrayList<>();
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!link.group(1).contains("://") && !Files.exists(page.resolveSibling(link.group(1)))) {
                    dead.add(page + " leads to " + link.group(1));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static String printed(String... arguments) {
        StringWriter out = new StringWriter();
        Millrace.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), arguments);
        return out.toString();
    }
}
