/**
 * A small Schema Registry for one machine: {@link io.millrace.registry.SchemaRegistryServer} serves Confluent's REST API for
 * Avro, with its state in a compacted topic in Confluent's record format.
 *
 * <p>A request's way: {@code HttpFrontend} and {@code Router} to an {@code …Endpoints}, which asks {@code Registry}. Reads look
 * at {@code RegistryState}. Writes are decided as a {@code Change} of it ({@code Registration}, {@code Deletion},
 * {@code Levels}), appended to the {@code SchemaLog}, and answered once the log has brought them back into the state.
 */
@NullMarked
package io.millrace.registry;

import org.jspecify.annotations.NullMarked;
