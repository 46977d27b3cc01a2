package io.millrace.connect.s3;

import io.millrace.connect.s3.read.ObjectReader;
import io.millrace.connect.s3.read.ReadOptions;
import io.millrace.connect.s3.store.ObjectContent;
import io.millrace.connect.s3.store.ObjectStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The object that a task is reading: it may be closed and opened again, and goes on where it was, unless it has changed. */
final class OpenObject implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenObject.class);

    private final ObjectStore store;
    private final ObjectQueue.Pending pending;
    private final ReadOptions options;
    private String etag;
    private long size;
    private long line;
    private @Nullable ObjectReader reader;

    OpenObject(ObjectStore store, ObjectQueue.Pending pending, ReadOptions options) {
        this.store = store;
        this.pending = pending;
        this.options = options;
        this.etag = pending.object().etag();
        this.size = pending.object().size();
        this.line = pending.line();
    }

    String key() {
        return pending.object().key();
    }

    String etag() {
        return etag;
    }

    /** The object's URI, with the number of a line. */
    String place(long atLine) {
        return "s3://" + store.bucket() + "/" + key() + "#line=" + atLine;
    }

    /** A reader at this object's place; null when the object is gone. */
    @Nullable
    ObjectReader reader() {
        if (reader == null) {
            ObjectContent content = store.open(key());
            if (content == null) {
                return null;
            }
            String read = content.versionAs(etag);
            if (!read.equals(etag)) {
                LOG.info("{} has changed: it is read from its start", place(line));
                etag = read;
                line = 1;
            }
            size = content.size();
            reader = new ObjectReader(content.bytes(), pending.format(), options, line);
        }
        return reader;
    }

    /** Goes on to {@code nextLine} and returns the offset to store there. */
    SourceOffset moveTo(long nextLine, boolean isDone) {
        line = nextLine;
        return new SourceOffset(nextLine, etag, isDone, size);
    }

    /** Ends the transfer; the place stays. */
    @Override
    public void close() {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("{} could not be closed", place(line), e);
            }
            reader = null;
        }
    }
}
