/** Writing: which rows records become, and how they reach their tables once. */
@NullMarked
package io.millrace.connect.jdbc.sink;

import org.jspecify.annotations.NullMarked;
