/**
 * Measurements of what a user waits for. {@link io.millrace.benchmarks.PlanningBenchmark} and
 * {@link io.millrace.benchmarks.ConverterBenchmark} start a JVM for each of their {@link io.millrace.benchmarks.Rounds}, in which
 * {@link io.millrace.benchmarks.PlanningRound} and {@link io.millrace.benchmarks.ConverterRound} measure;
 * {@link io.millrace.benchmarks.Summary} says what came of them.
 */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
