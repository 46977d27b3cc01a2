/**
 * Measurements of what a user waits for. {@link io.millrace.benchmarks.PlanningBenchmark} starts a JVM for each of its rounds, in
 * which {@link io.millrace.benchmarks.PlanningRound} measures; {@link io.millrace.benchmarks.Summary} says what came of them.
 */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
