/**
 * Queries as the operators run them. {@link io.millrace.engine.physical.StepCompiler} makes a tree of {@link
 * io.millrace.engine.physical.Node}s of an optimised query, or refuses what cannot be run with the meaning that SQL gives it; each node knows
 * the {@link io.millrace.engine.physical.Traits} of the rows that come out of it: whether they are facts or changes, by what they are known,
 * how they are spread over tasks, and which of their columns are times and windows.
 */
@NullMarked
package io.millrace.engine.physical;

import org.jspecify.annotations.NullMarked;
