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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README promises and the order of the modules, held against the checkout itself. */
final class HouseTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern DEPENDENCY =
            Pattern.compile("<artifactId>(millrace-[a-z-]+)</artifactId></dependency>");
    private static final Map<String, String> MODULES = Map.of(
            "schemas/registry", "millrace-registry-client",
            "schemas/events", "millrace-events",
            "topologies/document", "millrace-document",
            "topologies/engine", "millrace-engine",
            "topologies/testing", "millrace-testing",
            "agents/cli", "millrace-cli");
    private static final List<String> LAYERS = List.of("schemas", "topologies", "agents");

    @Test
    void shouldPointArrowsUpTheListOfModulesOnly() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String module : MODULES.keySet()) {
            Matcher dependency =
                    DEPENDENCY.matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
            while (dependency.find()) {
                String target = MODULES.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(dependency.group(1)))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
                if (layer(target) > layer(module)) {
                    wrong.add(module + " depends on " + target + ", which is further down the house");
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static int layer(String module) {
        return LAYERS.indexOf(module.substring(0, module.indexOf('/')));
    }

    @Test
    void shouldShowInTheReadmeWhatTheCommandPrints() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme).contains(printed("validate", "../../examples/flights/flights.yaml"));
        assertThat(readme).contains(printed("test", "../../examples/flights/flights-test.yaml"));
    }

    @Test
    void shouldShowTheStepsOfTheExampleInTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String block = readme.substring(readme.indexOf("```yaml\n") + 8);
        assertThat(Files.readString(ROOT.resolve("examples/flights/flights.yaml")))
                .contains(block.substring(0, block.indexOf("```")));
    }

    private static String printed(String... arguments) {
        StringWriter out = new StringWriter();
        Millrace.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), arguments);
        return out.toString();
    }
}
