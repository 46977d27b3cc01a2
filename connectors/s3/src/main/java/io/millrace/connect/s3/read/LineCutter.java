package io.millrace.connect.s3.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines, or into CSV records, whose quoted fields may hold line ends.
 *
 * <p>A quote that is never closed would take all lines behind it along. When one reaches the end, or the greatest length, only its
 * first line counts as bad and cutting goes on behind that.
 */
final class LineCutter {

    private static final int NO_QUOTES = -1;

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final InputStream in;
    private final int maxBytes;
    private final int separator;
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;
    private boolean isAtEnd;
    private boolean isBegun;
    private long number = 1;

    private LineCutter(InputStream in, int maxBytes, int separator) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.separator = separator;
    }

    /** Cuts at every line end. */
    static LineCutter ofLines(InputStream in, int maxBytes) {
        return new LineCutter(in, maxBytes, NO_QUOTES);
    }

    /** Cuts at line ends outside of quotes; a quote opens only at the start of a field. */
    static LineCutter ofCsv(InputStream in, int maxBytes, char separator) {
        return new LineCutter(in, maxBytes, separator);
    }

    /** The number of the next line, from 1. */
    long number() {
        return number;
    }

    /**
     * The next line; null at the end.
     *
     * @throws IOException the stream's; whole lines before the fault have been handed out
     */
    @Nullable
    Line next() throws IOException {
        if (!isBegun) {
            skipByteOrderMark();
        }
        State state = State.FIELD_START;
        int firstEnd = -1;
        int at = start;
        while (true) {
            int scanned = at - start;
            if (scanned > maxBytes) {
                return firstEnd < 0 ? rest(scanned) : line(start + firstEnd);
            }
            if (at == end) {
                if (!fill()) {
                    if (scanned == 0) {
                        return null;
                    }
                    // Without a line end the last line is a line too.
                    return state == State.QUOTED && firstEnd >= 0 ? line(start + firstEnd) : line(end);
                }
                at = start + scanned;
            }
            byte value = buffer[at];
            if (value == '\n') {
                if (separator == NO_QUOTES || state != State.QUOTED) {
                    return line(at);
                }
                firstEnd = firstEnd < 0 ? scanned : firstEnd;
            }
            if (separator != NO_QUOTES) {
                state = after(state, value);
            }
            at++;
        }
    }

    private State after(State state, byte value) {
        return switch (state) {
            case FIELD_START -> value == '"' ? State.QUOTED : value == separator ? State.FIELD_START : State.PLAIN;
            case PLAIN -> value == separator ? State.FIELD_START : State.PLAIN;
            case QUOTED -> value == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
            case QUOTE_IN_QUOTED -> value == '"' ? State.QUOTED : value == separator ? State.FIELD_START : State.PLAIN;
        };
    }

    /** The line from the start to {@code lineEnd}, where there is a line end or nothing. */
    private Line line(int lineEnd) {
        int length = lineEnd - start;
        int next = Math.min(lineEnd + 1, end);
        int kept = length > 0 && buffer[lineEnd - 1] == '\r' ? length - 1 : length;
        byte[] bytes = Arrays.copyOfRange(buffer, start, start + kept);
        long first = number;
        for (int i = start; i < next; i++) {
            number += buffer[i] == '\n' ? 1 : 0;
        }
        // A last line without an end counts as a line, as the others do.
        number += lineEnd == end ? 1 : 0;
        start = next;
        return new Line(bytes, first, number, length, false);
    }

    /** The beginning of a line that is too long; what follows it up to the line's end is passed over. */
    private Line rest(int scanned) throws IOException {
        byte[] beginning = Arrays.copyOfRange(buffer, start, start + maxBytes);
        long length = scanned;
        start += scanned;
        while (start < end || fill()) {
            byte value = buffer[start++];
            if (value == '\n') {
                break;
            }
            length++;
        }
        return new Line(beginning, number, ++number, length, true);
    }

    /** Reads on behind what is there; false at the end. */
    private boolean fill() throws IOException {
        if (isAtEnd) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 8L, buffer.length * 2L));
        }
        int count = in.read(buffer, end, buffer.length - end);
        isAtEnd = count < 0;
        end += Math.max(count, 0);
        return !isAtEnd;
    }

    private void skipByteOrderMark() throws IOException {
        while (end < 3 && fill()) {
            // A stream may hand out single bytes.
        }
        if (end >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
            start = 3;
        }
        isBegun = true;
    }
}
