package io.millrace.connect.s3.read;

import io.millrace.connect.common.RowShape;

/**
 * How objects are read.
 *
 * @param shape the rows' columns and schema
 * @param csvSeparator between the fields of CSV
 * @param hasCsvHeader whether CSV begins with a line of column names; without one, fields are in the columns' order
 * @param lineMaxBytes how long a line may be
 */
public record ReadOptions(RowShape shape, char csvSeparator, boolean hasCsvHeader, int lineMaxBytes) {}
