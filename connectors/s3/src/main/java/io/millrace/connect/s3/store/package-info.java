/**
 * The few things that the connectors ask of an object store, and S3 as one.
 */
@NullMarked
package io.millrace.connect.s3.store;

import org.jspecify.annotations.NullMarked;
