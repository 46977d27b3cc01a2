package io.millrace.cli;

/** How a command prints its result. */
enum OutputFormat {
    TEXT,
    JSON
}
