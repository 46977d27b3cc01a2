package io.millrace.connect.s3;

import io.millrace.connect.s3.read.ObjectFormat;
import io.millrace.connect.s3.store.ObjectStore;
import io.millrace.connect.s3.store.StoredObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects that one task has yet to read, in the order of their keys. */
final class ObjectQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectQueue.class);

    /**
     * An object to read.
     *
     * @param object as it was listed
     * @param format how it is written
     * @param line the number of the line to begin with, from 1
     */
    record Pending(StoredObject object, ObjectFormat format, long line) {}

    private final ObjectStore store;
    private final OffsetStorageReader offsets;
    private final S3SourceOptions options;
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** The ETag of every object that this task need not look at again; stored offsets lag behind what has been read. */
    private final Map<String, String> finished = new HashMap<>();

    ObjectQueue(ObjectStore store, OffsetStorageReader offsets, S3SourceOptions options) {
        this.store = store;
        this.offsets = offsets;
        this.options = options;
    }

    /** Fills the queue with what the bucket holds now and is not read yet. */
    void refresh() {
        pending.clear();
        store.list(options.prefix(), "", this::add);
    }

    @Nullable
    Pending next() {
        return pending.poll();
    }

    /** Takes note that the content with this ETag has been read to its end. */
    void finish(String key, String etag) {
        finished.put(key, etag);
    }

    private void add(List<StoredObject> page) {
        List<StoredObject> candidates = page.stream().filter(this::isToRead).toList();
        if (candidates.isEmpty()) {
            return;
        }
        Map<Map<String, String>, Map<String, Object>> stored = offsets.offsets(
                candidates.stream().map(object -> partition(object.key())).toList());
        for (StoredObject object : candidates) {
            add(object, SourceOffset.of(stored.get(partition(object.key()))));
        }
    }

    private boolean isToRead(StoredObject object) {
        return Math.floorMod(object.key().hashCode(), options.tasks()) == options.task()
                && object.size() > 0
                && !object.etag().equals(finished.get(object.key()));
    }

    private void add(StoredObject object, @Nullable SourceOffset offset) {
        ObjectFormat format = options.format() == null ? ObjectFormat.byName(object.key()) : options.format();
        boolean wasReadBefore = finished.containsKey(object.key()) || offset != null;
        if (format == null) {
            LOG.warn("{} is passed over: its name does not tell its format, and format is auto", place(object));
            finish(object.key(), object.etag());
        } else if (offset != null && offset.etag().equals(object.etag())) {
            if (offset.isDone()) {
                finish(object.key(), object.etag());
            } else {
                pending.add(new Pending(object, format, offset.line()));
            }
        } else {
            if (wasReadBefore) {
                LOG.info("{} has changed since it was read: it is read again from its start", place(object));
            }
            pending.add(new Pending(object, format, 1));
        }
    }

    private Map<String, String> partition(String key) {
        return SourceOffset.partition(store.bucket(), key);
    }

    private String place(StoredObject object) {
        return "s3://" + store.bucket() + "/" + object.key();
    }
}
