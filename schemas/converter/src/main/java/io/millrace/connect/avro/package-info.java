/**
 * Between Connect's data and Avro in a Schema Registry: {@link io.millrace.connect.avro.AvroConverter} is what a worker configures. It
 * hands values to {@link io.millrace.connect.avro.ConnectWriter} and messages to {@link io.millrace.connect.avro.ConnectReader}, which
 * have a {@link io.millrace.connect.avro.ValueEncoder} or {@link io.millrace.connect.avro.ValueDecoder} made once for each schema, and
 * nothing between value and bytes. {@link io.millrace.connect.avro.AvroDataWriter} and
 * {@link io.millrace.connect.avro.AvroDataReader} take the way by Avro's records, with what the others leave and what does not fit.
 */
@NullMarked
package io.millrace.connect.avro;

import org.jspecify.annotations.NullMarked;
