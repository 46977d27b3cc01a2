package io.millrace.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Valid documents: those of the tests and every example. */
final class Corpus {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Path> PLACES =
            List.of(Path.of("src/test/resources/documents"), Path.of("../../examples"));

    private Corpus() {}

    /** One document of a file. */
    record Document(String name, DocumentKind kind, JsonNode json) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Document> all() {
        List<Document> all = new ArrayList<>();
        for (Path place : PLACES) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    all.addAll(documents(file.getFileName().toString(), Files.readString(file)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    /** The documents of a file as an editor sees them. */
    static List<Document> documents(String name, String yaml) {
        List<Document> documents = new ArrayList<>();
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        for (Object document : new Load(settings).loadAllFromString(yaml)) {
            JsonNode json = JSON.valueToTree(document);
            DocumentKind kind = DocumentKind.of(json.path("kind").asText()).orElse(DocumentKind.PIPELINE_TEST);
            documents.add(new Document(name + " " + (documents.size() + 1), kind, json));
        }
        return documents;
    }
}
