package io.millrace.cli.stack;

import java.nio.file.Path;

/**
 * How to start the stack.
 *
 * @param dataDirectory everything that it writes lies below; made when missing
 * @param freePorts whether to take any free ports instead of the fixed ones
 */
public record StackOptions(Path dataDirectory, boolean freePorts) {}
