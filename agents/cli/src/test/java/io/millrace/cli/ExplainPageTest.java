package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/explain.md} shows is what the command says. */
final class ExplainPageTest {

    private static final Path PAGE = Path.of("../../docs/explain.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n# (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHOWN =
            Pattern.compile("```sh\nmillrace (explain .*?)\n```\n\n```text\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private String page;

    @BeforeEach
    void writeThePipelines() throws IOException {
        page = Files.readString(PAGE);
        Matcher yaml = YAML.matcher(page);
        while (yaml.find()) {
            Files.writeString(directory.resolve(yaml.group(1)), yaml.group(2));
        }
    }

    private String run(String command) {
        List<String> arguments = new ArrayList<>();
        for (String word : command.split(" ")) {
            arguments.add(word.endsWith(".yaml") ? directory.resolve(word).toString() : word);
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Millrace.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }

    @Test
    void shouldShowWhatTheCommandSays() {
        Matcher shown = SHOWN.matcher(page);
        int count = 0;
        while (shown.find()) {
            String said = run(shown.group(1));
            // Three dots stand for lines that are left out.
            int from = 0;
            for (String part : shown.group(2).split("…\n")) {
                int at = said.indexOf(part, from);
                assertThat(at).as("%s%nin what is said:%n%s", part, said).isNotNegative();
                from = at + part.length();
            }
            count++;
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void shouldSpeakOfEveryKeyOfTheJson() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode explanation = mapper.readTree(run("explain --output json orders.yaml"));
        JsonNode comparison = mapper.readTree(run("explain --output json --against orders.yaml changed.yaml"));
        List<String> silent = new ArrayList<>();
        collect(explanation, silent);
        collect(comparison, silent);
        assertThat(silent).isEmpty();
    }

    private void collect(JsonNode node, List<String> silent) {
        node.properties().forEach(property -> {
            if (!page.contains("`" + property.getKey() + "`")) {
                silent.add(property.getKey());
            }
            if (!property.getKey().equals("config")) {
                collect(property.getValue(), silent);
            }
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, silent));
        }
    }
}
