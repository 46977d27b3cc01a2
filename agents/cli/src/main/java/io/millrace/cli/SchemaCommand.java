package io.millrace.cli;

import io.millrace.document.DocumentKind;
import io.millrace.document.DocumentSchemas;
import io.millrace.document.NearestName;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace schema}: prints the JSON Schema of a kind of document, for an editor. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of a kind of document, for editors and other tools.",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", description = "pipeline, connection or pipeline-test.")
    private String kind;

    @Override
    public Integer call() {
        Optional<DocumentKind> found = DocumentKind.of(kind);
        if (found.isEmpty()) {
            List<String> kinds = DocumentKind.labels();
            spec.commandLine()
                    .getErr()
                    .println("millrace: There is no kind of document '" + kind + "' ("
                            + NearestName.of(kind, kinds)
                                    .map(nearest -> "did you mean '" + nearest + "'? ")
                                    .orElse("")
                            + "kinds: " + String.join(", ", kinds) + ")");
            return ExitCode.WRONG_INPUT;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(DocumentSchemas.of(found.get()));
        out.flush();
        return ExitCode.DONE;
    }
}
