/** Avro on topics as the whole field writes it: {@link io.millrace.schemas.serde.WireFormat} is the header before the Avro binary. */
@NullMarked
package io.millrace.schemas.serde;

import org.jspecify.annotations.NullMarked;
