/**
 * The aggregate functions of SQL, as values that rows are folded into and taken out of again. {@link
 * io.millrace.engine.aggregate.Aggregates} compiles the calls of a GROUP BY; a {@link io.millrace.engine.aggregate.GroupState}
 * is what one group has come to, small enough to be rewritten for each row; what is not small, the values themselves, lies in
 * a {@link io.millrace.engine.aggregate.ValueStore} beside it, under keys that {@link
 * io.millrace.engine.aggregate.OrderedBytes} makes. Sums are exact until they are rounded once, and ties are broken by
 * content, so that a result follows from the rows of a group and not from the order in which they came. {@link
 * io.millrace.engine.aggregate.AggregateOperators} adds the functions that Calcite does not know.
 */
@NullMarked
package io.millrace.engine.aggregate;

import org.jspecify.annotations.NullMarked;
