package io.millrace.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The contracts of a directory, by file name. */
final class Contracts {

    static final Path CURRENT = Path.of("src/main/avro");
    static final Path RELEASED = Path.of("src/compatibility");

    private Contracts() {}

    static Map<String, Schema> in(Path directory) {
        Map<String, Schema> contracts = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".avsc")).toList()) {
                contracts.put(file.getFileName().toString(), new Schema.Parser().parse(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contracts;
    }
}
