package io.millrace.connect.s3.read;

import io.millrace.connect.common.BadValueException;
import org.apache.kafka.connect.data.Struct;

/** Makes a row of a line's text. */
interface RowParser {

    /**
     * The row.
     *
     * @throws BadValueException when the text is none; the message is one line for the one who owns the data
     */
    Struct parse(String text) throws BadValueException;
}
