/**
 * A pipeline made ready to run. {@link io.millrace.engine.plan.PipelinePlanner} checks a document against its connections
 * and its SQL and makes a {@link io.millrace.engine.plan.PipelinePlan}: the topics, the connectors, and for each step the
 * stages that its rows go through. {@link io.millrace.engine.plan.PlanTopology} builds the Streams topology of a plan, {@link
 * io.millrace.engine.plan.PlannedState} tells what outlives the application that runs it, and {@code StateMarks} keeps the next one from
 * misreading it.
 */
@NullMarked
package io.millrace.engine.plan;

import org.jspecify.annotations.NullMarked;
