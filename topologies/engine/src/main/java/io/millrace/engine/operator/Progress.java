package io.millrace.engine.operator;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How far the event time of one input has come: no further than in the slowest of the tasks that send its rows. A task that has nothing to
 * send says that it is idle and is not waited for, until it sends again.
 *
 * <p>The method is that of watermarks as in the MillWheel and Dataflow papers: <a
 * href="https://research.google/pubs/the-dataflow-model/">The Dataflow Model</a>, VLDB 2015.
 */
final class Progress {

    private static final String HEADER = "millrace.progress";

    /**
     * What a record says of the task that sent it.
     *
     * @param input which input of the section it sends to
     * @param task who sends: an operator, and which partition its task has
     * @param watermarkMs its watermark, {@link Long#MIN_VALUE} when it has none yet
     * @param isIdle whether it has had nothing to send for a while
     */
    record Word(int input, long task, long watermarkMs, boolean isIdle) {

        void addTo(Headers headers) {
            headers.add(
                    HEADER,
                    ByteBuffer.allocate(2 + 2 * Long.BYTES)
                            .put((byte) input)
                            .put((byte) (isIdle ? 1 : 0))
                            .putLong(task)
                            .putLong(watermarkMs)
                            .array());
        }

        static @Nullable Word of(Headers headers) {
            Header header = headers.lastHeader(HEADER);
            if (header == null) {
                return null;
            }
            ByteBuffer value = ByteBuffer.wrap(header.value());
            int input = value.get();
            boolean isIdle = value.get() == 1;
            return new Word(input, value.getLong(), value.getLong(), isIdle);
        }
    }

    private final Map<Long, Word> tasks = new HashMap<>();
    private final Set<Integer> writers;
    private final int senders;
    private long watermarkMs = Long.MIN_VALUE;

    /**
     * The progress of an input of which nothing has been heard; before all tasks have been there is no time.
     *
     * @param writers the operators that send to it
     * @param partitions how many tasks each of them has
     */
    Progress(Set<Integer> writers, int partitions) {
        this.writers = Set.copyOf(writers);
        this.senders = writers.size() * partitions;
    }

    /**
     * The number of an operator that sends to an input of a repartition.
     *
     * @param processor the processor that the operator is part of
     * @param number which of its processor's operators that send there it is, from 0
     */
    static int writer(String processor, String repartition, int input, int number) {
        return (processor + '>' + repartition + '#' + input + '#' + number).hashCode();
    }

    /** The number of one of an operator's tasks. */
    static long sender(int writer, int partition) {
        return (long) writer << Integer.SIZE | partition;
    }

    private boolean isKnown(Word word) {
        return writers.contains((int) (word.task() >> Integer.SIZE));
    }

    /** Takes a task's word; that of an operator which is there no more, in what it sent or what was kept of it, holds nothing back. */
    void take(Word word) {
        if (!isKnown(word)) {
            return;
        }
        Word last = tasks.get(word.task());
        long ownMs = last == null ? word.watermarkMs() : Math.max(last.watermarkMs(), word.watermarkMs());
        tasks.put(word.task(), new Word(word.input(), word.task(), ownMs, word.isIdle()));
        if (tasks.size() < senders) {
            return;
        }
        long slowestMs = Long.MAX_VALUE;
        boolean isAnyBusy = false;
        for (Word task : tasks.values()) {
            if (!task.isIdle()) {
                isAnyBusy = true;
                slowestMs = Math.min(slowestMs, task.watermarkMs());
            }
        }
        if (isAnyBusy) {
            watermarkMs = Math.max(watermarkMs, slowestMs);
        }
    }

    /** The watermark of all tasks, which never falls; {@link Long#MIN_VALUE} while there is none. */
    long watermarkMs() {
        return watermarkMs;
    }

    /** Whether none of the tasks has anything to send. */
    boolean isIdle() {
        return tasks.size() >= senders && tasks.values().stream().allMatch(Word::isIdle);
    }

    /** Whether the word says more than the last one of its task. */
    boolean isNews(Word word) {
        if (!isKnown(word)) {
            return false;
        }
        Word last = tasks.get(word.task());
        return last == null || word.watermarkMs() > last.watermarkMs() || word.isIdle() != last.isIdle();
    }

    /** The words of all tasks, to be taken again after a restart. */
    byte[] write() {
        ByteBuffer bytes = ByteBuffer.allocate(tasks.size() * (2 + 2 * Long.BYTES));
        tasks.values()
                .forEach(word -> bytes.put((byte) word.input())
                        .put((byte) (word.isIdle() ? 1 : 0))
                        .putLong(word.task())
                        .putLong(word.watermarkMs()));
        return bytes.array();
    }

    /** Takes the words again. */
    void read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        while (bytes.hasRemaining()) {
            int input = bytes.get();
            boolean isIdle = bytes.get() == 1;
            take(new Word(input, bytes.getLong(), bytes.getLong(), isIdle));
        }
    }
}
