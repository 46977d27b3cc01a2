/** Reading: which rows are new, how they are fetched, and how a place among them is kept. */
@NullMarked
package io.millrace.connect.jdbc.source;

import org.jspecify.annotations.NullMarked;
