/**
 * What every Millrace connector shares: the columns of a source and their types, the options that all sources have, the end of a
 * run, and what happens to a record that cannot be read. Nothing here knows more than Kafka Connect.
 */
@NullMarked
package io.millrace.connect.common;

import org.jspecify.annotations.NullMarked;
