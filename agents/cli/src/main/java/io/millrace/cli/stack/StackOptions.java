package io.millrace.cli.stack;

import java.nio.file.Path;

/**
 * How to start the stack.
 *
 * @param dataDirectory everything that it writes lies below; made when missing
 * @param freePorts whether to take any free ports instead of the fixed ones
 */
public record StackOptions(Path dataDirectory, boolean freePorts) {

    /** Where the {@code millrace} script has been started from, as a system property. */
    public static final String HOME = "millrace.home";

    /** The directory of Millrace's own data: {@code .millrace} in the checkout, or where {@code MILLRACE_HOME} says. */
    public static Path home() {
        String named = System.getenv("MILLRACE_HOME");
        return named == null || named.isBlank()
                ? Path.of(System.getProperty(HOME, "."), ".millrace")
                        .toAbsolutePath()
                        .normalize()
                : Path.of(named).toAbsolutePath();
    }

    /** The data of the stack that {@code millrace local} is about. */
    public static Path defaultDirectory() {
        return home().resolve("local");
    }
}
