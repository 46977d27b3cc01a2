package io.millrace.connect.s3;

import io.millrace.connect.common.DeadLetters;
import io.millrace.connect.common.RowShape;
import io.millrace.connect.s3.read.Entry;
import io.millrace.connect.s3.read.ObjectReader;
import io.millrace.connect.s3.store.BrokenTransferException;
import io.millrace.connect.s3.store.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of a task's objects, batch by batch. Each carries the offset behind it, so that a restart goes on exactly there. */
final class ObjectRecords implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectRecords.class);

    /** A batch of long lines ends early, for the sake of memory. */
    private static final long MAX_BATCH_BYTES = 8L * 1024 * 1024;

    private final ObjectStore store;
    private final ObjectQueue queue;
    private final S3SourceOptions options;
    private final Clock clock;
    private @Nullable OpenObject open;
    private @Nullable Instant refreshed;

    ObjectRecords(ObjectStore store, ObjectQueue queue, S3SourceOptions options, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.options = options;
        this.clock = clock;
    }

    /**
     * The next records; empty when everything there is has been read.
     *
     * @throws RetriableException when S3 cannot be reached; nothing is lost
     * @throws ConnectException when it refuses, or at a bad record that is to fail the task
     */
    List<SourceRecord> next() {
        List<SourceRecord> batch = new ArrayList<>();
        while (batch.isEmpty()) {
            OpenObject object = open == null ? openNext() : open;
            if (object == null) {
                return batch;
            }
            open = object;
            ObjectReader reader = object.reader();
            if (reader == null) {
                LOG.warn("{} is gone: it was there when the bucket was listed", object.place(1));
                finish(object);
            } else {
                read(object, reader, batch);
            }
        }
        return batch;
    }

    /** How long it is until a continuous source looks for new objects. */
    Duration untilRefresh(Instant now) {
        if (refreshed == null) {
            return Duration.ZERO;
        }
        Duration wait = Duration.between(now, refreshed.plusMillis(options.pollIntervalMs()));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private @Nullable OpenObject openNext() {
        ObjectQueue.Pending pending = queue.next();
        boolean isTime = options.source().runsOnce()
                ? refreshed == null
                : untilRefresh(clock.instant()).isZero();
        if (pending == null && isTime) {
            queue.refresh();
            refreshed = clock.instant();
            pending = queue.next();
        }
        return pending == null ? null : new OpenObject(store, pending, options.read());
    }

    private void read(OpenObject object, ObjectReader reader, List<SourceRecord> batch) {
        long bytes = 0;
        try {
            Entry entry = peek(object, reader);
            while (entry != null && batch.size() < options.batchSize() && bytes < MAX_BATCH_BYTES) {
                if (entry instanceof Entry.Bad bad && options.source().failsOnBadRecord()) {
                    if (!batch.isEmpty()) {
                        return;
                    }
                    throw new ConnectException(
                            object.place(bad.line()) + ": " + bad.reason()
                                    + "; mend it, or set errors.bad.record to skip",
                            bad.error());
                }
                reader.advance();
                Entry following = peek(object, reader);
                add(object, entry, following == null, batch);
                bytes += entry.length();
                entry = following;
            }
            if (entry == null) {
                finish(object);
            }
        } catch (BrokenTransferException e) {
            object.close();
            if (batch.isEmpty()) {
                throw new RetriableException(e.getMessage(), e);
            }
            // The next batch finds out whether it was more than a hiccup.
            LOG.info("{}; reading goes on behind the last record", e.getMessage());
        }
    }

    /** The next entry that becomes a record, or fails the task: so that the last of them can say that it is the last. */
    private @Nullable Entry peek(OpenObject object, ObjectReader reader) throws BrokenTransferException {
        Entry entry = reader.peek();
        boolean isDropped =
                options.source().deadLetters() == null && !options.source().failsOnBadRecord();
        while (isDropped && entry instanceof Entry.Bad bad) {
            LOG.warn("{} is dropped, since there is no dead letter topic: {}", object.place(bad.line()), bad.reason());
            reader.advance();
            entry = reader.peek();
        }
        return entry;
    }

    private void add(OpenObject object, Entry entry, boolean isLast, List<SourceRecord> batch) {
        SourceOffset offset = object.moveTo(entry.nextLine(), isLast);
        if (entry instanceof Entry.Row row) {
            batch.add(record(object, offset, row.value()));
        } else if (entry instanceof Entry.Bad bad && options.source().deadLetters() != null) {
            batch.add(letter(options.source().deadLetters(), object, offset, bad));
        }
    }

    private SourceRecord letter(DeadLetters letters, OpenObject object, SourceOffset offset, Entry.Bad bad) {
        String place = object.place(bad.line());
        LOG.debug("{}: {}", place, bad.reason());
        return letters.letter(
                SourceOffset.partition(store.bucket(), object.key()),
                offset.toMap(),
                place,
                bad.bytes(),
                bad.reason(),
                bad.error(),
                clock.instant());
    }

    private SourceRecord record(OpenObject object, SourceOffset offset, Struct row) {
        RowShape shape = options.read().shape();
        return new SourceRecord(
                SourceOffset.partition(store.bucket(), object.key()),
                offset.toMap(),
                options.source().topic(),
                null,
                shape.key(),
                shape.keyOf(row),
                shape.value(),
                row);
    }

    private void finish(OpenObject object) {
        queue.finish(object.key(), object.etag());
        object.close();
        open = null;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
    }
}
