package io.millrace.connect.common;

/**
 * One column of a source.
 *
 * @param name as rows carry it
 * @param type its SQL type
 * @param nullable whether a row may lack it
 */
public record Column(String name, ColumnType type, boolean nullable) {}
