/**
 * Shows that the SQL engine is right by asking others: random queries against DuckDB over the same rows, properties that
 * every stateful step must have whatever the order of its input and wherever it is restarted, the Nexmark benchmark, and
 * Calcite's own tests of its operators. {@link io.millrace.engine.differential.SqlRun} runs a pipeline and returns what
 * came out; {@link io.millrace.engine.differential.DuckDb} is the oracle.
 */
package io.millrace.engine.differential;
