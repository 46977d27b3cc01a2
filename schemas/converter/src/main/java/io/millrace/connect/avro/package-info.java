/** Between Connect's data and Avro in a Schema Registry: {@link io.millrace.connect.avro.AvroConverter} is what a worker configures. */
@NullMarked
package io.millrace.connect.avro;

import org.jspecify.annotations.NullMarked;
