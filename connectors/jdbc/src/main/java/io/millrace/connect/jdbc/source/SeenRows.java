package io.millrace.connect.jdbc.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of any kind, as the first eight bytes of the digests of their places and all that they hold: a row may change twice within what
 * its time tells. Equal rows that nothing tells apart are counted.
 */
final class SeenRows implements Seen {

    private static final int BYTES = 8;

    private final RowOrder order;
    private final MessageDigest digest;
    /** Each digest's lead. */
    private final Map<Long, Comparable<Object>> leads = new HashMap<>();
    /** Digests whose lead is not known. */
    private final Set<Long> restored = new HashSet<>();

    SeenRows(RowOrder order) {
        this.order = order;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private long identity(FetchedRow row) {
        for (Object part : row.place()) {
            digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        Struct value = row.value();
        if (value == null) {
            digest(row.text());
        } else {
            for (Field field : value.schema().fields()) {
                digest(value.get(field));
            }
        }
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, row.occurrence()));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** The value itself: the texts of times and buffers tell less. */
    @SuppressWarnings("JavaUtilDate") // Connect knows no other
    private void digest(@Nullable Object value) {
        if (value instanceof ByteBuffer bytes) {
            digest.update(bytes.duplicate());
        } else if (value instanceof java.util.Date time) {
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, time.getTime()));
        } else {
            digest.update(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        }
        digest.update((byte) (value == null ? 1 : 0));
    }

    @Override
    public boolean contains(FetchedRow row) {
        long identity = identity(row);
        if (restored.remove(identity)) {
            leads.put(identity, order.lead(row.place()));
        }
        return leads.containsKey(identity);
    }

    @Override
    public void add(FetchedRow row) {
        leads.put(identity(row), order.lead(row.place()));
    }

    @Override
    public void forget(Comparable<Object> settled, boolean isInclusive) {
        leads.values().removeIf(lead -> lead.compareTo(settled) < (isInclusive ? 1 : 0));
    }

    @Override
    public void forgetRestored() {
        restored.clear();
    }

    @Override
    public boolean isEmpty() {
        return leads.isEmpty() && restored.isEmpty();
    }

    @Override
    public int size() {
        return leads.size() + restored.size();
    }

    @Override
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(size() * BYTES);
        leads.keySet().forEach(bytes::putLong);
        restored.forEach(bytes::putLong);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public String encode(List<FetchedRow> page) {
        ByteBuffer bytes = ByteBuffer.allocate(page.size() * BYTES);
        page.forEach(row -> bytes.putLong(identity(row)));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Override
    public void restore(String all, String page, int rows) {
        ByteBuffer known = decode(all);
        while (known.hasRemaining()) {
            restored.add(known.getLong());
        }
        ByteBuffer first = decode(page);
        for (int i = 0; i < rows && first.hasRemaining(); i++) {
            restored.add(first.getLong());
        }
    }

    private static ByteBuffer decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length % BYTES == 0) {
                return ByteBuffer.wrap(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new ConnectException("The stored offset's rows are not readable: set the offset anew", e);
        }
        throw new ConnectException("The stored offset's rows are not readable: set the offset anew");
    }
}
