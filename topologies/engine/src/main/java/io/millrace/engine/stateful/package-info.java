/**
 * Operators that keep rows. Each stands behind a repartition (or where its rows are together already), keeps what it needs in key-value
 * stores as Avro binary, and tells what becomes of its output as {@link io.millrace.engine.operator.Change}s: {@link
 * io.millrace.engine.stateful.GroupOperator}, {@link io.millrace.engine.stateful.SessionOperator}, {@link
 * io.millrace.engine.stateful.TableJoinOperator}, {@link io.millrace.engine.stateful.StreamJoinOperator}, {@link
 * io.millrace.engine.stateful.StreamTableJoinOperator}, {@link io.millrace.engine.stateful.RankOperator}, {@link
 * io.millrace.engine.stateful.MaterialiseOperator}. Rows and groups are told apart by content, never by arrival, so that the same rows in
 * another order come to the same result.
 */
@NullMarked
package io.millrace.engine.stateful;

import org.jspecify.annotations.NullMarked;
