/**
 * The Schema Registry as Millrace sees it: {@link io.millrace.schemas.registry.SchemaRegistryClient} names what is asked of
 * a registry, its implementations ask a real one over HTTP or keep everything in memory.
 */
@NullMarked
package io.millrace.schemas.registry;

import org.jspecify.annotations.NullMarked;
