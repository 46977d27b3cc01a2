/**
 * A source and a sink for tables of SQL databases. What differs between databases lies behind {@link
 * io.millrace.connect.jdbc.Dialect}; PostgreSQL is the one there is.
 */
@NullMarked
package io.millrace.connect.jdbc;

import org.jspecify.annotations.NullMarked;
