package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.document.Problem;
import java.io.PrintWriter;
import java.util.List;

/** Shows problems: a line each for people, an array for programs. */
final class ProblemReport {

    private ProblemReport() {}

    static void print(List<Problem> problems, PrintWriter err) {
        problems.forEach(problem -> {
            err.println(problem.location() + ": " + problem.message());
            if (problem.hint() != null) {
                err.println("    " + problem.hint());
            }
        });
    }

    static ArrayNode json(List<Problem> problems) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Problem problem : problems) {
            ObjectNode node = array.addObject();
            node.put("file", problem.location().file());
            node.put("line", problem.location().line());
            node.put("column", problem.location().column());
            node.put("message", problem.message());
            node.put("hint", problem.hint());
        }
        return array;
    }
}
