package io.millrace.connect.s3.store;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One bucket. Every method throws a {@link org.apache.kafka.connect.errors.RetriableException} when the store cannot be reached or
 * asks for patience, and a {@link org.apache.kafka.connect.errors.ConnectException} when trying again cannot help.
 */
public interface ObjectStore extends AutoCloseable {

    /** The bucket's name. */
    String bucket();

    /**
     * Lists the objects whose keys begin with {@code prefix}, in the order of their keys' UTF-8 bytes.
     *
     * @param after only keys behind this one; empty for all
     * @param page gets one page at a time, so that a large bucket need not fit into memory
     */
    void list(String prefix, String after, Consumer<List<StoredObject>> page);

    /** Opens an object at its first byte; null when there is none of this key. */
    @Nullable
    ObjectContent open(String key);

    /** Stores a file whole under a key, in place of what was there. */
    void put(String key, Path file);

    @Override
    void close();
}
