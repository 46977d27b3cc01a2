/** The demonstration: the flights example on an embedded stack of its own, from the first row to what came out. */
@NullMarked
package io.millrace.local.demo;

import org.jspecify.annotations.NullMarked;
