/**
 * The documents that a person writes. {@link io.millrace.document.Documents} reads YAML into {@link
 * io.millrace.document.Pipeline}s and {@link io.millrace.document.Connection}s; everything in them knows its {@link
 * io.millrace.document.Location}, so that whoever finds a fault later can still say where it stands.
 */
@NullMarked
package io.millrace.document;

import org.jspecify.annotations.NullMarked;
