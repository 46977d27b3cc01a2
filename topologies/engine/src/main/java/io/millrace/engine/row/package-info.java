/**
 * Rows between their two forms: Avro bytes on a topic and an {@code Object[]} of Calcite's internal values in a topology.
 * {@link io.millrace.engine.row.AvroSchemas} gives the Avro schema of a row type; {@link io.millrace.engine.row.RowWriter}
 * and {@link io.millrace.engine.row.RowReader} go from one form to the other without generic records in between; {@link
 * io.millrace.engine.row.RowJson} shows a row to people.
 */
@NullMarked
package io.millrace.engine.row;

import org.jspecify.annotations.NullMarked;
