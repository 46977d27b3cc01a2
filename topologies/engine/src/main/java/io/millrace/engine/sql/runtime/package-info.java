/**
 * What generated code calls where Calcite's own functions have no bounds: {@link io.millrace.engine.sql.runtime.RegexCalls}
 * and {@link io.millrace.engine.sql.runtime.LikePattern} match patterns in bounded time, {@link
 * io.millrace.engine.sql.runtime.BoundedCalls} keeps results to a size, {@link
 * io.millrace.engine.sql.runtime.ExactCalls} to their range, and {@link io.millrace.engine.sql.runtime.TimeCalls} reads times the same
 * way in every time zone. All are static methods of public classes, since generated classes live in a package of their own.
 */
@NullMarked
package io.millrace.engine.sql.runtime;

import org.jspecify.annotations.NullMarked;
