/** A source and a sink for tables of SQL databases. */
@NullMarked
package io.millrace.connect.jdbc;

import org.jspecify.annotations.NullMarked;
