package io.millrace.registry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A log that forgets everything with the process, and fails when it is told to. */
final class InMemorySchemaLog implements SchemaLog {

    private final List<LogRecord> records = new ArrayList<>();
    private @Nullable Consumer<LogRecord> reader;
    private SchemaLogException.@Nullable Kind failure;
    private int syncs;

    static LogRecord record(String key, @Nullable String value) {
        return new LogRecord(bytes(key), value == null ? null : bytes(value));
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds what another registry wrote before this one was started. */
    InMemorySchemaLog with(String key, @Nullable String value) {
        records.add(record(key, value));
        return this;
    }

    /** The records as text: the key, a blank, and the value or null. */
    synchronized List<String> lines() {
        return records.stream()
                .map(record -> text(record.key()) + " " + (record.value() == null ? null : text(record.value())))
                .toList();
    }

    private static String text(Bytes bytes) {
        return new String(bytes.get(), StandardCharsets.UTF_8);
    }

    synchronized void failFromNowOn(SchemaLogException.@Nullable Kind kind) {
        failure = kind;
    }

    synchronized int syncs() {
        return syncs;
    }

    @Override
    public synchronized void start(Consumer<LogRecord> newReader) {
        reader = newReader;
        records.forEach(newReader);
    }

    @Override
    public synchronized void sync() {
        syncs++;
    }

    @Override
    public synchronized void append(List<LogRecord> added) {
        if (failure != null) {
            throw new SchemaLogException(failure, "The log fails, as it was told to");
        }
        records.addAll(added);
        added.forEach(reader);
    }

    @Override
    public void close() {}
}
