package io.millrace.cli.stack;

import java.time.Instant;

/**
 * A stack that another process runs.
 *
 * @param pid its process
 * @param startedAt when it was ready
 * @param endpoints where it listens
 */
public record RunningStack(long pid, Instant startedAt, StackEndpoints endpoints) {}
