/**
 * The way of an object's bytes to rows: unpacked, cut into lines, parsed.
 */
@NullMarked
package io.millrace.connect.s3.read;

import org.jspecify.annotations.NullMarked;
