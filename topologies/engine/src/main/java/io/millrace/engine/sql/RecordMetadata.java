package io.millrace.engine.sql;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What a record says beside its row; the functions {@code _topic}, {@code _partition} and their like read it. */
public interface RecordMetadata {

    String topic();

    int partition();

    long offset();

    /** Milliseconds since 1970 UTC. */
    long timestampMs();

    Headers headers();

    byte @Nullable [] key();
}
