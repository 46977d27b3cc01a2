/** Databases: connections, what their metadata says, and what each does in its own way. */
@NullMarked
package io.millrace.connect.jdbc.database;

import org.jspecify.annotations.NullMarked;
