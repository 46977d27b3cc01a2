package io.millrace.connect.s3;

import io.millrace.connect.s3.store.BrokenTransferException;
import io.millrace.connect.s3.store.ObjectContent;
import io.millrace.connect.s3.store.ObjectStore;
import io.millrace.connect.s3.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.RetriableException;

/** A bucket in memory that can be made to fail. */
final class MemoryStore implements ObjectStore {

    final NavigableMap<String, byte[]> objects = new TreeMap<>();
    final List<String> puts = new ArrayList<>();

    /** How many of the next requests fail. */
    int failures;

    /** After how many bytes each of the next transfers breaks; one is used up by each {@link #open}. */
    final List<Integer> breaks = new ArrayList<>();

    int opens;
    int closes;
    int lists;

    @Override
    public String bucket() {
        return "b";
    }

    @Override
    public void list(String prefix, String after, Consumer<List<StoredObject>> page) {
        lists++;
        failIfAsked();
        // Pages of two, so that there is more than one.
        List<StoredObject> found = new ArrayList<>();
        objects.tailMap(after, false).forEach((key, bytes) -> {
            if (key.startsWith(prefix)) {
                found.add(new StoredObject(key, bytes.length, etag(bytes)));
            }
        });
        for (int i = 0; i < found.size(); i += 2) {
            page.accept(found.subList(i, Math.min(i + 2, found.size())));
        }
    }

    @Override
    public ObjectContent open(String key) {
        failIfAsked();
        byte[] bytes = objects.get(key);
        if (bytes == null) {
            return null;
        }
        opens++;
        int end = breaks.isEmpty() ? bytes.length : Math.min(bytes.length, breaks.remove(0));
        InputStream content = new ByteArrayInputStream(bytes, 0, end) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                // In small pieces, as a network may.
                return super.read(target, offset, Math.min(length, 7));
            }
        };
        return new ObjectContent(etag(bytes), "", bytes.length, new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = content.read(target, offset, length);
                if (read < 0 && end < bytes.length) {
                    throw new BrokenTransferException(key + ": the cable is cut");
                }
                return read;
            }

            @Override
            public void close() {
                closes++;
            }
        });
    }

    @Override
    public void put(String key, Path file) {
        failIfAsked();
        try {
            objects.put(key, Files.readAllBytes(file));
            puts.add(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // Others may use it on.
    }

    private void failIfAsked() {
        if (failures > 0) {
            failures--;
            throw new RetriableException("S3 is away");
        }
    }

    private static String etag(byte[] bytes) {
        return Integer.toHexString(
                IntStream.range(0, bytes.length).map(i -> bytes[i]).reduce(7, (hash, value) -> 31 * hash + value));
    }
}
