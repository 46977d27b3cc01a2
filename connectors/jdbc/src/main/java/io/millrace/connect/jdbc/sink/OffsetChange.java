package io.millrace.connect.jdbc.sink;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction does to a partition's stored offset.
 *
 * @param before what has to be stored until then; null when nothing
 * @param after what is stored from then on
 */
record OffsetChange(@Nullable StoredOffset before, StoredOffset after) {}
