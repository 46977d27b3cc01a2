package io.millrace.connect.jdbc.sink;

import java.sql.SQLDataException;
import java.sql.SQLException;

/** Reads a UUID as PostgreSQL does: in braces or not, with a hyphen behind any four digits or none. */
final class CopyUuid {

    private static final int BYTES = 16;
    private static final int HEX = 16;

    private CopyUuid() {}

    static void write(String text, CopyRows out) throws SQLException {
        boolean isBraced = text.startsWith("{");
        int at = isBraced ? 1 : 0;
        long[] halves = new long[2];
        for (int i = 0; i < BYTES; i++) {
            int high = digit(text, at);
            int low = digit(text, at + 1);
            at += 2;
            halves[i / 8] = halves[i / 8] << 8 | high << 4 | low;
            if (i % 2 == 1 && i < BYTES - 1 && at < text.length() && text.charAt(at) == '-') {
                at++;
            }
        }
        if (isBraced ? at != text.length() - 1 || text.charAt(at) != '}' : at != text.length()) {
            throw wrong(text);
        }
        out.int32(BYTES);
        out.int64(halves[0]);
        out.int64(halves[1]);
    }

    private static int digit(String text, int at) throws SQLException {
        char character = at < text.length() ? text.charAt(at) : ' ';
        int digit = character < 0x80 ? Character.digit(character, HEX) : -1;
        if (digit < 0) {
            throw wrong(text);
        }
        return digit;
    }

    private static SQLException wrong(String text) {
        return new SQLDataException("invalid input syntax for type uuid: \"" + text + "\"", "22P02");
    }
}
