package io.millrace.connect.common;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * Follows one task of a source to the end of its run. Rows count when they are polled and when Kafka has acknowledged them; the end
 * marker goes out only after the last acknowledgement, so that whoever reads it knows that every row is on its topic.
 *
 * <p>The marker's key and value are shaped as the contracts {@code io.millrace.event.SourceEndKey} and {@code SourceEnd}. That a run
 * has ended is kept as a source offset too: a task that starts again after its end has nothing to do.
 *
 * <p>{@link #acknowledged} may be called from another thread than the rest.
 */
public final class RunProgress {

    /** The marker's key. */
    public static final Schema KEY_SCHEMA = SchemaBuilder.struct()
            .name("io.millrace.event.SourceEndKey")
            .field("connector", Schema.STRING_SCHEMA)
            .field("run", Schema.STRING_SCHEMA)
            .field("task", Schema.INT32_SCHEMA)
            .build();

    /** The marker's value. */
    public static final Schema VALUE_SCHEMA = SchemaBuilder.struct()
            .name("io.millrace.event.SourceEnd")
            .field("connector", Schema.STRING_SCHEMA)
            .field("run", Schema.STRING_SCHEMA)
            .field("task", Schema.INT32_SCHEMA)
            .field("tasks", Schema.INT32_SCHEMA)
            .field("records", Schema.INT64_SCHEMA)
            .field("dead_letters", Schema.INT64_SCHEMA)
            .field("ended_at", Timestamp.SCHEMA)
            .build();

    private static final String ENDED = "ended";

    private final String work;
    private final String connector;
    private final String run;
    private final int task;
    private final int tasks;
    private final AtomicLong polled = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private boolean hasEnded;

    /**
     * The progress of one task.
     *
     * @param connector the connector's name
     * @param run the run's id
     * @param task this task's number, from 0
     * @param tasks how many tasks the connector has
     */
    public RunProgress(String connector, String run, int task, int tasks) {
        this(connector, run, task, tasks, "");
    }

    /**
     * The progress of one task of several whose shares of the work may change.
     *
     * @param work tells this share from others; a task with another has not ended
     */
    public RunProgress(String connector, String run, int task, int tasks, String work) {
        this.work = work;
        this.connector = connector;
        this.run = run;
        this.task = task;
        this.tasks = tasks;
    }

    /** Reads from the stored offsets whether this run of this task has ended before. */
    public void restore(OffsetStorageReader offsets) {
        Map<String, Object> offset = offsets.offset(partition());
        hasEnded = offset != null && Boolean.TRUE.equals(offset.get(ENDED));
    }

    /** Whether the end marker has been handed out, now or before a restart. */
    public boolean hasEnded() {
        return hasEnded;
    }

    /** Counts a row that is about to be handed to the worker. */
    public void polledRow() {
        polled.incrementAndGet();
        records.incrementAndGet();
    }

    /** Counts a dead letter that is about to be handed to the worker. */
    public void polledDeadLetter() {
        polled.incrementAndGet();
        deadLetters.incrementAndGet();
    }

    /** Counts a record that Kafka has acknowledged, or that the worker has dropped for good. */
    public void acknowledged() {
        acknowledged.incrementAndGet();
    }

    /** Whether everything handed out is acknowledged. */
    public boolean isAllAcknowledged() {
        return acknowledged.get() >= polled.get();
    }

    /**
     * The end marker, once; null while rows are outstanding or when it has been handed out.
     *
     * @param topic where it goes
     */
    public @Nullable SourceRecord end(String topic, Instant now) {
        if (hasEnded || !isAllAcknowledged()) {
            return null;
        }
        hasEnded = true;
        Struct key = new Struct(KEY_SCHEMA)
                .put("connector", connector)
                .put("run", run)
                .put("task", task);
        Struct value = new Struct(VALUE_SCHEMA)
                .put("connector", connector)
                .put("run", run)
                .put("task", task)
                .put("tasks", tasks)
                .put("records", records.get())
                .put("dead_letters", deadLetters.get())
                .put("ended_at", Date.from(now));
        return new SourceRecord(
                partition(),
                Map.of(ENDED, true),
                topic,
                null,
                KEY_SCHEMA,
                key,
                VALUE_SCHEMA,
                value,
                now.toEpochMilli());
    }

    private Map<String, String> partition() {
        return work.isEmpty()
                ? Map.of("run", run, "task", Integer.toString(task))
                : Map.of("run", run, "task", Integer.toString(task), "work", work);
    }
}
