package io.millrace.document;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tests of a pipeline: what goes in, and what must come out.
 *
 * @param location where the document begins
 * @param pipelineFile the pipeline's file, relative to the test's; null when the pipeline stands in the test itself
 * @param inline the pipeline that stands in the test itself, or null
 * @param tests at least one
 */
public record PipelineTest(
        Location location,
        @Nullable String pipelineFile,
        @Nullable Pipeline inline,
        List<TestCase> tests) {

    public PipelineTest {
        tests = List.copyOf(tests);
    }

    /**
     * One test.
     *
     * @param input what goes in, in this order
     * @param ends whether the run ends behind the last input, so that what waits for more goes on without
     * @param output what each of these relations gives
     * @param quarantine everything in quarantine, in order; null when it is not compared
     */
    public record TestCase(
            String name,
            Location location,
            List<Input> input,
            boolean ends,
            Map<String, Expected> output,
            @Nullable List<ExpectedFailure> quarantine) {}

    /**
     * A record that goes in.
     *
     * @param to the source
     * @param key its key's fields; null takes them from the value
     * @param value its fields: strings, numbers, booleans and null; null is a tombstone
     * @param timestamp epoch milliseconds or ISO 8601; null leaves it to the row's event time
     */
    public record Input(
            String to,
            Location location,
            @Nullable Map<String, @Nullable Object> key,
            @Nullable Map<String, @Nullable Object> value,
            @Nullable String timestamp) {}

    /** How the rows of a relation are compared. */
    public enum Order {
        /** All rows that it emitted, in order. */
        EXACT,
        /** All rows, in any order. */
        ANY,
        /** The last row of each key. */
        LAST
    }

    /** What a relation gives. */
    public record Expected(Location location, Order order, List<ExpectedRow> rows) {}

    /**
     * One row of a relation; only what is given is compared.
     *
     * @param isTombstone whether the value is null
     */
    public record ExpectedRow(
            Location location,
            @Nullable Map<String, @Nullable Object> key,
            @Nullable Map<String, @Nullable Object> value,
            boolean isTombstone,
            @Nullable String timestamp) {}

    /** One row in quarantine; what is null is not compared. {@code reason} is a part of the reason. */
    public record ExpectedFailure(
            Location location,
            @Nullable String relation,
            @Nullable String reason) {}
}
