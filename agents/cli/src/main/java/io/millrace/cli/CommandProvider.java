package io.millrace.cli;

import java.util.List;

/** Adds subcommands to {@code millrace}; found by {@link java.util.ServiceLoader}, so that a class path decides what there is. */
public interface CommandProvider {

    /** Objects annotated as picocli commands. */
    List<Object> commands();
}
