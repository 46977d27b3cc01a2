/**
 * Rows between their two forms: bytes on a topic and an {@code {@link io.millrace.engine.row.Row} of internal values in a topology. These are
 * Calcite's own (a ROW is an {@code Object[]}, ARRAY a {@code List}, MAP a {@code Map}), but times of more than three digits,
 * which {@link io.millrace.engine.row.TimeResolution} counts in microseconds. {@link io.millrace.engine.row.AvroSchemas}
 * gives the Avro schema of a row type; {@link io.millrace.engine.row.RowWriter} and {@link io.millrace.engine.row.RowReader} go
 * from one form to the other without generic records in between; {@link io.millrace.engine.row.JsonRows} and {@link
 * io.millrace.engine.row.CsvRows} read what others write; {@link io.millrace.engine.row.RowJson} shows a row to people.
 */
@NullMarked
package io.millrace.engine.row;

import org.jspecify.annotations.NullMarked;
