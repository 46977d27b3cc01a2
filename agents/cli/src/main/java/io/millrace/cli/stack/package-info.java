/**
 * The embedded stack as the command sees it: {@link io.millrace.cli.stack.LocalStackProvider} is found by {@link
 * java.util.ServiceLoader}, so that the command works without it where it is not installed.
 */
@NullMarked
package io.millrace.cli.stack;

import org.jspecify.annotations.NullMarked;
