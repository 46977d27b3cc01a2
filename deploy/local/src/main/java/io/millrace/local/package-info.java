/**
 * The embedded stack: a Kafka broker and controller, a distributed Connect worker, Postgres, an S3 server and a Schema Registry, all
 * real, in one process and on loopback. For trying things out and for tests, on one machine.
 */
@NullMarked
package io.millrace.local;

import org.jspecify.annotations.NullMarked;
