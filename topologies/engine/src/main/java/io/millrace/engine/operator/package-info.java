/**
 * What a row goes through inside one Streams processor. An {@link io.millrace.engine.operator.Operator} takes a {@link
 * io.millrace.engine.operator.SourceRow} and the values made of it so far and pushes on to the next; a chain ends in {@link
 * io.millrace.engine.operator.Output}, which hands an {@link io.millrace.engine.operator.Emission} to Streams. {@link
 * io.millrace.engine.operator.RowProcessor} runs the stateless chains of a source, {@link
 * io.millrace.engine.operator.WindowAggregateProcessor} a windowed aggregate and the chain behind it, {@link
 * io.millrace.engine.operator.TableLoader} keeps a table that rows are looked up in.
 */
@NullMarked
package io.millrace.engine.operator;

import org.jspecify.annotations.NullMarked;
