/**
 * Connect records as Parquet files, without Hadoop at run time.
 */
@NullMarked
package io.millrace.connect.s3.parquet;

import org.jspecify.annotations.NullMarked;
