package io.millrace.connect.s3.read;

import io.millrace.connect.common.BadValueException;
import io.millrace.connect.s3.store.BrokenTransferException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of one object. It always looks one entry ahead, so that whoever takes an entry can know whether it is the last
 * one. What the content does wrong becomes a {@link Entry.Bad}; only faults of the transfer are thrown, and reading can begin again at
 * the entry before them.
 */
public final class ObjectReader implements Closeable {

    /** Kafka takes records of a megabyte unless told otherwise: of a longer line, this much goes into a dead letter. */
    static final int MAX_BAD_BYTES = 512 * 1024;

    private final ReadOptions options;
    private final ObjectFormat format;
    private final long fromLine;
    private final InputStream content;
    private @Nullable InputStream unpacked;
    private @Nullable LineCutter lines;
    private @Nullable RowParser parser;
    private @Nullable Entry ahead;
    private boolean isBegun;
    private boolean isAtEnd;

    /**
     * A reader of one object.
     *
     * @param content closed with this reader
     * @param fromLine the number of the first line that is wanted, from 1
     */
    public ObjectReader(InputStream content, ObjectFormat format, ReadOptions options, long fromLine) {
        this.content = content;
        this.format = format;
        this.options = options;
        this.fromLine = fromLine;
    }

    /** The entry at this reader's place; null at the end. */
    public @Nullable Entry peek() throws BrokenTransferException {
        if (!isBegun) {
            ahead = read();
            isBegun = true;
        }
        return ahead;
    }

    /** Goes to the next entry; when that cannot be read, this reader stays where it is. */
    public void advance() throws BrokenTransferException {
        ahead = read();
    }

    private @Nullable Entry read() throws BrokenTransferException {
        if (isAtEnd) {
            return null;
        }
        try {
            Entry entry = entry();
            isAtEnd |= entry == null;
            return entry;
        } catch (BrokenTransferException e) {
            throw e;
        } catch (IOException e) {
            String reason = "the rest of the object cannot be read: " + e.getMessage();
            return unreadable(lines == null ? 1 : lines.number(), reason, e);
        }
    }

    private @Nullable Entry entry() throws IOException {
        LineCutter cutter = lines();
        while (true) {
            Line line = cutter.next();
            if (line == null) {
                return null;
            }
            // In CSV, tabs and spaces may be fields.
            boolean isBlank =
                    !line.isTooLong() && (format == ObjectFormat.CSV ? line.bytes().length == 0 : line.isBlank());
            if (!isBlank && parser == null) {
                Entry fault = readHeader(line);
                if (fault != null) {
                    return fault;
                }
            } else if (!isBlank && line.number() >= fromLine) {
                return entry(line);
            }
        }
    }

    private @Nullable Entry readHeader(Line line) {
        try {
            parser = CsvRowParser.ofHeader(options.shape(), options.csvSeparator(), text(line));
            return null;
        } catch (BadValueException e) {
            return unreadable(line.number(), "the object cannot be read: " + e.getMessage(), e);
        }
    }

    private Entry entry(Line line) {
        RowParser rows = parser;
        if (rows == null) {
            throw new IllegalStateException("lines come behind the header");
        }
        try {
            return new Entry.Row(rows.parse(text(line)), line.number(), line.nextNumber(), line.length());
        } catch (BadValueException e) {
            Throwable error = e.getCause() == null ? e : e.getCause();
            boolean isCut = line.isTooLong() || line.length() > MAX_BAD_BYTES;
            byte[] bytes =
                    isCut ? Arrays.copyOf(line.bytes(), Math.min(line.bytes().length, MAX_BAD_BYTES)) : line.bytes();
            String reason = oneLine(e.getMessage())
                    + (isCut
                            ? " (only the first " + bytes.length + " of its " + line.length() + " bytes are kept)"
                            : "");
            return new Entry.Bad(bytes, reason, error, line.number(), line.nextNumber(), line.length());
        }
    }

    private Entry unreadable(long line, String reason, Throwable error) {
        isAtEnd = true;
        long at = Math.max(line, fromLine);
        return new Entry.Bad(null, oneLine(reason), error, at, at + 1, 0);
    }

    private String text(Line line) throws BadValueException {
        if (line.isTooLong()) {
            throw new BadValueException("the line has " + line.length() + " bytes, more than the "
                    + options.lineMaxBytes() + " of line.max.bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(line.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadValueException("the line is not UTF-8", e);
        }
    }

    private LineCutter lines() throws IOException {
        if (lines == null) {
            InputStream bytes = unpacked(content);
            unpacked = bytes;
            lines = format == ObjectFormat.CSV
                    ? LineCutter.ofCsv(bytes, options.lineMaxBytes(), options.csvSeparator())
                    : LineCutter.ofLines(bytes, options.lineMaxBytes());
            if (format == ObjectFormat.JSON) {
                parser = new JsonRowParser(options.shape(), options.lineMaxBytes());
            } else if (!options.hasCsvHeader()) {
                parser = CsvRowParser.ofColumns(options.shape(), options.csvSeparator());
            }
        }
        return lines;
    }

    /** Gzip is known by its first bytes, whatever the object's name says. */
    private static InputStream unpacked(InputStream content) throws IOException {
        byte[] magic = content.readNBytes(2);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(magic), content);
        boolean isGzip =
                magic.length == 2 && (magic[0] & 0xff) == GzipStream.MAGIC_1 && (magic[1] & 0xff) == GzipStream.MAGIC_2;
        return isGzip ? new GzipStream(whole) : whole;
    }

    private static String oneLine(@Nullable String text) {
        String line = String.valueOf(text).replaceAll("\\s*[\\r\\n\\t]+\\s*", " ");
        return line.length() <= 400 ? line : line.substring(0, 397) + "...";
    }

    @Override
    public void close() throws IOException {
        (unpacked == null ? content : unpacked).close();
    }
}
