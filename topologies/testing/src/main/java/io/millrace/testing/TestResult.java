package io.millrace.testing;

import io.millrace.document.Problem;
import java.util.List;

/**
 * What a test gave.
 *
 * @param name the test's name
 * @param differences what is not as expected, each at its place in the test's file; empty when the test holds
 */
public record TestResult(String name, List<Problem> differences) {

    public TestResult {
        differences = List.copyOf(differences);
    }

    public boolean holds() {
        return differences.isEmpty();
    }
}
