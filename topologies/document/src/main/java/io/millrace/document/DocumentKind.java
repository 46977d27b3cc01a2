package io.millrace.document;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of document that a person writes. */
public enum DocumentKind {
    /** What is run: {@code kind: Pipeline}. */
    PIPELINE,
    /** A named place outside: {@code kind: Connection}. */
    CONNECTION,
    /** The tests of a pipeline, in a file of their own. */
    PIPELINE_TEST;

    /** The kind's name as it is typed: {@code pipeline-test}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of this name, in capitals or not; empty when there is none. */
    public static Optional<DocumentKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equalsIgnoreCase(label))
                .findFirst();
    }

    /** The names of all kinds. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(DocumentKind::label).toList();
    }
}
