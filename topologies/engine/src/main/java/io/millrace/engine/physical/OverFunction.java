package io.millrace.engine.physical;

import org.apache.calcite.rel.core.AggregateCall;

/**
 * A function over the rows around a row.
 *
 * @param call what is computed: an aggregate, or LAG, LEAD, ROW_NUMBER
 * @param isRows whether the frame counts rows rather than time
 * @param preceding how far it reaches back, rows or the time column's unit; -1 to the first
 * @param offset for LAG and LEAD, how many rows away
 * @param defaultColumn for LAG and LEAD, the column of the default, or -1
 */
public record OverFunction(AggregateCall call, boolean isRows, long preceding, int offset, int defaultColumn) {}
