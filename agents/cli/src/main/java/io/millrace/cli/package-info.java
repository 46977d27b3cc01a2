/** The {@code millrace} command: {@link io.millrace.cli.Millrace} with one class for each subcommand. */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
