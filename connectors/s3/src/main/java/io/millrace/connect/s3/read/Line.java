package io.millrace.connect.s3.read;

/**
 * One record of an object: a line, or in CSV as many lines as its quotes span.
 *
 * @param bytes as they lie in the object, without the line's end; of a line that is too long only its beginning
 * @param number the number of its first line in the object, from 1
 * @param nextNumber the number of the first line behind it
 * @param length its bytes in all
 * @param isTooLong whether it is longer than allowed
 */
record Line(byte[] bytes, long number, long nextNumber, long length, boolean isTooLong) {

    /** Whether there is nothing but spaces and tabs. */
    boolean isBlank() {
        for (byte value : bytes) {
            if (value != ' ' && value != '\t' && value != '\r') {
                return false;
            }
        }
        return true;
    }
}
