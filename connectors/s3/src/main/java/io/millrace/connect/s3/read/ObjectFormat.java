package io.millrace.connect.s3.read;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How rows are written in an object. */
public enum ObjectFormat {
    /** One JSON object a line. */
    JSON,
    /** Comma-separated values as RFC 4180 has them. */
    CSV;

    private static final List<String> JSON_ENDINGS = List.of(".json", ".jsonl", ".ndjson");

    /** The format that a key's ending tells, whether {@code .gz} follows it or not; null when it tells none. */
    public static @Nullable ObjectFormat byName(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz")) {
            name = name.substring(0, name.length() - 3);
        }
        if (name.endsWith(".csv")) {
            return CSV;
        }
        return JSON_ENDINGS.stream().anyMatch(name::endsWith) ? JSON : null;
    }
}
