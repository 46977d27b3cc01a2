package io.millrace.engine.operator;

/** A row failed, and the pipeline wants to stop before it rather than set it aside. */
public class RowFailedException extends RuntimeException {

    RowFailedException(String message) {
        super(message);
    }

    RowFailedException(String relation, SourceRow source, Throwable error) {
        super(
                "An expression of '" + relation + "' failed on a row, and on_error is fail: "
                        + Quarantine.Reason.firstLine(error) + place(source),
                error);
    }

    static String place(SourceRow source) {
        return ": topic " + source.topic() + ", partition " + source.partition() + ", offset " + source.offset();
    }
}
