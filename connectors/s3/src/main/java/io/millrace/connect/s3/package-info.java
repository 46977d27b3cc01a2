/**
 * Kafka Connect plugins that read rows from objects of an S3 bucket, and write topics to it as Parquet.
 */
@NullMarked
package io.millrace.connect.s3;

import org.jspecify.annotations.NullMarked;
