/** The processor agent: runs the topology of one plan, exactly once, and goes on after whatever a wait can heal. */
@NullMarked
package io.millrace.processor;

import org.jspecify.annotations.NullMarked;
