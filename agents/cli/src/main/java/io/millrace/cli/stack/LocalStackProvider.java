package io.millrace.cli.stack;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Starts and finds embedded stacks. One data directory belongs to one running stack at a time. */
public interface LocalStackProvider {

    /**
     * Starts a stack and waits until every part answers.
     *
     * @param progress told the name of each part as it becomes ready
     * @throws StackException when a port is taken, the directory cannot be written, or a stack already runs on it
     */
    LocalStack start(StackOptions options, Consumer<String> progress) throws StackException;

    /** The stack that some process runs on this data directory, if one does. */
    Optional<RunningStack> running(Path dataDirectory);

    /**
     * Stops the stack that runs on this data directory, if one does, and waits for its end.
     *
     * @param keepData whether its data stays for the next start
     * @return whether one was running
     */
    boolean stop(Path dataDirectory, boolean keepData) throws StackException;

    /**
     * The provider on the class path.
     *
     * @throws StackException when there is none
     */
    static LocalStackProvider installed() throws StackException {
        return ServiceLoader.load(LocalStackProvider.class)
                .findFirst()
                .orElseThrow(() -> new StackException(
                        "The embedded stack is not on the class path: use ./millrace of a checkout"));
    }
}
