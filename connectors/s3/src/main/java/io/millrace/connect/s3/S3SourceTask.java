package io.millrace.connect.s3;

import io.millrace.connect.common.DeadLetters;
import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.common.RunProgress;
import io.millrace.connect.s3.store.ObjectStore;
import io.millrace.connect.s3.store.S3ObjectStore;
import io.millrace.connect.s3.store.S3Options;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Reads the objects whose keys fall to this task, one after the other, in the order of their keys. */
public final class S3SourceTask extends SourceTask {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final Duration ACKNOWLEDGEMENT_WAIT = Duration.ofMillis(20);

    private final Function<S3Options, ObjectStore> connect;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private @Nullable State state;

    /** What a started task works with. */
    private record State(S3SourceOptions options, ObjectStore store, ObjectRecords records, RunProgress progress) {}

    /** For Connect. */
    public S3SourceTask() {
        this(S3ObjectStore::new, Clock.systemUTC());
    }

    S3SourceTask(Function<S3Options, ObjectStore> connect, Clock clock) {
        this.connect = connect;
        this.clock = clock;
    }

    @Override
    public void start(Map<String, String> properties) {
        S3SourceOptions options = S3SourceOptions.of(properties);
        RunProgress progress = new RunProgress(
                properties.getOrDefault("name", "s3-source"),
                options.source().runId(),
                options.task(),
                options.tasks());
        if (options.source().runsOnce()) {
            progress.restore(context.offsetStorageReader());
        }
        ObjectStore store = connect.apply(options.s3());
        ObjectQueue queue = new ObjectQueue(store, context.offsetStorageReader(), options);
        state = new State(options, store, new ObjectRecords(store, queue, options, clock), progress);
    }

    /**
     * The next records; null when there are none now.
     *
     * @throws RetriableException when S3 cannot be reached; the next call waits before it tries again
     */
    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        State now = state;
        if (now == null || now.progress().hasEnded()) {
            return idle(LONGEST_WAIT);
        }
        Duration wait = backoff.remaining(clock.instant());
        if (!wait.isZero()) {
            return idle(wait);
        }
        try {
            List<SourceRecord> records = now.records().next();
            backoff.succeeded();
            if (!records.isEmpty()) {
                records.forEach(record -> count(record, now));
                return records;
            }
        } catch (RetriableException e) {
            Duration pause = backoff.failed(clock.instant());
            throw new RetriableException(e.getMessage() + "; trying again in " + pause.toSeconds() + " s", e);
        }
        return now.options().source().runsOnce() ? end(now) : idle(now.records().untilRefresh(clock.instant()));
    }

    private static void count(SourceRecord record, State now) {
        DeadLetters letters = now.options().source().deadLetters();
        if (letters != null && record.valueSchema() == DeadLetters.SCHEMA) {
            now.progress().polledDeadLetter();
        } else {
            now.progress().polledRow();
        }
    }

    private @Nullable List<SourceRecord> end(State now) throws InterruptedException {
        String topic = now.options().source().endTopic();
        Instant time = clock.instant();
        SourceRecord end = topic == null ? null : now.progress().end(topic, time);
        return end == null ? idle(topic == null ? LONGEST_WAIT : ACKNOWLEDGEMENT_WAIT) : List.of(end);
    }

    /** Waits, unless the task is stopped meanwhile; never so long that the worker gets no chance to pause the task. */
    private @Nullable List<SourceRecord> idle(Duration wait) throws InterruptedException {
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        stopped.await(Math.max(1, bounded.toMillis()), TimeUnit.MILLISECONDS);
        return null;
    }

    /** Called for every record that is written, filtered out or given up, from whichever thread. */
    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        State now = state;
        if (now != null) {
            now.progress().acknowledged();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        State now = state;
        if (now != null) {
            now.records().close();
            now.store().close();
        }
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
