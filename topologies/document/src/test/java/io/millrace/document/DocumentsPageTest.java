package io.millrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/documents.md} shows can be read, and it speaks of every key. */
final class DocumentsPageTest {

    private static final Path PAGE = Path.of("../../docs/documents.md");
    private static final Pattern YAML = Pattern.compile("^```yaml\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void shouldShowDocumentsThatCanBeRead() throws Exception {
        List<DocumentKind> kinds = new ArrayList<>();
        Matcher blocks = YAML.matcher(page());
        while (blocks.find()) {
            for (Corpus.Document document : Corpus.documents(PAGE.toString(), blocks.group(1))) {
                kinds.add(document.kind());
                assertThat(Verdicts.ofReader(document.kind(), document.json())).isEmpty();
                assertThat(Verdicts.ofSchema(document.kind(), document.json())).isEmpty();
            }
            if (kinds.get(kinds.size() - 1) != DocumentKind.PIPELINE_TEST) {
                assertThat(Documents.read(PAGE.toString(), blocks.group(1))).isNotNull();
            }
        }
        assertThat(kinds).contains(DocumentKind.values()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void shouldSpeakOfEveryKey() throws IOException {
        String page = page();
        for (DocumentKind kind : DocumentKind.values()) {
            DocumentSchemasTest.eachObject(
                    Mutations.json(DocumentSchemas.of(kind)),
                    "",
                    (place, node) -> node.path("properties")
                            .fieldNames()
                            .forEachRemaining(key -> assertThat(page)
                                    .as("%s/%s of a %s", place, key, kind.label())
                                    .containsPattern("\\b" + Pattern.quote(key) + "\\b")));
        }
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }
}
