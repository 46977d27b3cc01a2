package io.millrace.engine.operator;

/** How the records of a source are written. */
public enum RowFormat {
    /** Avro in the Confluent wire format, its schema in the registry. */
    AVRO,
    /** A JSON object for each record. */
    JSON,
    /** A line of CSV for each record: a field for each column, in their order. */
    CSV
}
