/**
 * What there is to say about a plan: {@link io.millrace.engine.explain.Explanation} describes one and {@link
 * io.millrace.engine.explain.ExplanationText} writes that for people; {@link io.millrace.engine.explain.Comparison} tells what of one plan's
 * state another can go on from. Nothing here changes a plan.
 */
@NullMarked
package io.millrace.engine.explain;

import org.jspecify.annotations.NullMarked;
