package io.millrace.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads documents from files. Everything that is wrong with a file is reported at once. */
public final class Documents {

    static final String API_VERSION = "millrace/v1";
    private static final long MAX_FILE_BYTES = 4L * 1024 * 1024;

    private Documents() {}

    /**
     * Reads the pipelines and connections of a file.
     *
     * @throws InvalidDocumentException with everything that is wrong
     * @throws IOException when the file cannot be read; the message says why
     */
    public static DocumentSet read(Path file) throws InvalidDocumentException, IOException {
        return read(file.toString(), text(file));
    }

    /** Reads the pipelines and connections in {@code text}; {@code fileName} stands in messages. */
    public static DocumentSet read(String fileName, String text) throws InvalidDocumentException {
        List<Problem> problems = new ArrayList<>();
        List<Pipeline> pipelines = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        for (YamlMap document : Yaml.documents(fileName, text, problems)) {
            new DocumentReader(document).read(pipelines, connections);
        }
        check(problems);
        return new DocumentSet(pipelines, connections);
    }

    /** Reads a pipeline test. */
    public static PipelineTest readTest(Path file) throws InvalidDocumentException, IOException {
        return readTest(file.toString(), text(file));
    }

    /** Reads the pipeline test in {@code text}; {@code fileName} stands in messages. */
    public static PipelineTest readTest(String fileName, String text) throws InvalidDocumentException {
        List<Problem> problems = new ArrayList<>();
        List<YamlMap> documents = Yaml.documents(fileName, text, problems);
        check(problems);
        if (documents.size() != 1) {
            throw new InvalidDocumentException(List.of(Problem.at(
                    new Location(fileName, 1, 1), "A test file holds one document, not " + documents.size())));
        }
        PipelineTest test = new PipelineTestReader(documents.get(0)).read();
        check(problems);
        return test;
    }

    private static void check(List<Problem> problems) throws InvalidDocumentException {
        if (!problems.isEmpty()) {
            // A part that is read twice is wrong twice.
            throw new InvalidDocumentException(problems.stream()
                    .distinct()
                    .sorted(Comparator.comparing(Problem::location))
                    .toList());
        }
    }

    private static String text(Path file) throws InvalidDocumentException, IOException {
        Location start = new Location(file.toString(), 1, 1);
        try {
            if (Files.isDirectory(file)) {
                throw new InvalidDocumentException(List.of(Problem.at(start, "This is a directory, not a file")));
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new InvalidDocumentException(
                        List.of(Problem.at(start, "The file is larger than 4 MiB, which no pipeline is")));
            }
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new InvalidDocumentException(List.of(Problem.at(start, "There is no such file")));
        } catch (CharacterCodingException e) {
            throw new InvalidDocumentException(List.of(Problem.at(start, "The file is not UTF-8 text")));
        }
    }
}
