package io.millrace.document;

import java.util.List;
import java.util.stream.Collectors;

/** A document cannot be used; carries every problem found, in the order of the file. */
public final class InvalidDocumentException extends Exception {

    private final transient List<Problem> problems;

    public InvalidDocumentException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
