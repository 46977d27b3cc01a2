package io.millrace.connect.jdbc.source;

/** Reads one value out of PostgreSQL's binary form. */
interface BinaryCell {

    /**
     * The value as Connect wants it.
     *
     * @param row a row's bytes
     * @param at where the value begins
     * @param length how many bytes it has
     * @throws ArithmeticException when it does not fit
     * @throws IllegalArgumentException when it is no value of the type
     */
    Object read(byte[] row, int at, int length);
}
