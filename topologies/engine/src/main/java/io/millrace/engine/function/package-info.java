/**
 * Functions of SQL written in Java. A class that is a {@link io.millrace.engine.function.ScalarFunction} and is listed as such for
 * {@code ServiceLoader} is found by {@link io.millrace.engine.function.UserFunctions}, which a planner is given; {@link
 * io.millrace.engine.function.JavaTypes} says which SQL types its method has. What is wrong with a class is kept as a fault and
 * told to the query that calls it.
 */
@NullMarked
package io.millrace.engine.function;

import org.jspecify.annotations.NullMarked;
