/**
 * Runs pipeline tests. {@link io.millrace.testing.PipelineTestRunner} plans the pipeline, gives its topology each input under
 * the test driver of Streams, and says in a {@link io.millrace.testing.TestResult} what came out otherwise than expected.
 */
@NullMarked
package io.millrace.testing;

import org.jspecify.annotations.NullMarked;
