/**
 * Makes what a plan needs (topics, connectors), starts it in the order that its guarantees ask for, and follows a run from the first
 * row read to its last consequence in the sinks.
 */
@NullMarked
package io.millrace.orchestrator;

import org.jspecify.annotations.NullMarked;
