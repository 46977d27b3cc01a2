package io.millrace.registry;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A record of the log, as bytes; without a value it deletes what its key stands for. */
record LogRecord(Bytes key, @Nullable Bytes value) {}
