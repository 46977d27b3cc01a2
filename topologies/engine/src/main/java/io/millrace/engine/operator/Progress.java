package io.millrace.engine.operator;

import java.io.ByteArrayOutputStream;
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
     * @param ended the mark of the run whose rows it has sent to the last; 0 when it has not
     */
    record Word(int input, long task, long watermarkMs, boolean isIdle, long ended) {

        private static final int BYTES = 2 + 3 * Long.BYTES;
        private static final int IDLE = 1;
        private static final int ENDED = 2;

        void addTo(Headers headers) {
            headers.add(HEADER, write());
        }

        byte[] write() {
            ByteBuffer bytes = ByteBuffer.allocate(ended == 0 ? BYTES - Long.BYTES : BYTES)
                    .put((byte) input)
                    .put((byte) ((isIdle ? IDLE : 0) | (ended == 0 ? 0 : ENDED)))
                    .putLong(task)
                    .putLong(watermarkMs);
            if (ended != 0) {
                bytes.putLong(ended);
            }
            return bytes.array();
        }

        private static Word read(ByteBuffer bytes) {
            int input = bytes.get();
            int flags = bytes.get();
            long task = bytes.getLong();
            long watermarkMs = bytes.getLong();
            return new Word(input, task, watermarkMs, (flags & IDLE) != 0, (flags & ENDED) != 0 ? bytes.getLong() : 0);
        }

        static @Nullable Word of(Headers headers) {
            Header header = headers.lastHeader(HEADER);
            return header == null ? null : read(ByteBuffer.wrap(header.value()));
        }
    }

    private final Map<Long, Word> tasks = new HashMap<>();
    private final Set<Integer> writers;
    private final int senders;
    private final long run;
    private long watermarkMs = Long.MIN_VALUE;

    /**
     * The progress of an input of which nothing has been heard; before all tasks have been there is no time.
     *
     * @param writers the operators that send to it
     * @param partitions how many tasks each of them has
     * @param run the mark of the run whose end it waits for
     */
    Progress(Set<Integer> writers, int partitions, long run) {
        this.writers = Set.copyOf(writers);
        this.senders = writers.size() * partitions;
        this.run = run;
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
        long ended = last == null || word.ended() != 0 ? word.ended() : last.ended();
        tasks.put(word.task(), new Word(word.input(), word.task(), ownMs, word.isIdle(), ended));
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

    /** Whether all of the tasks have sent their run's last row. */
    boolean hasEnded() {
        return tasks.size() >= senders && tasks.values().stream().allMatch(word -> word.ended() == run);
    }

    /** Whether the word says more than the last one of its task. */
    boolean isNews(Word word) {
        if (!isKnown(word)) {
            return false;
        }
        Word last = tasks.get(word.task());
        return last == null
                || word.watermarkMs() > last.watermarkMs()
                || word.isIdle() != last.isIdle()
                || (word.ended() != 0 && word.ended() != last.ended());
    }

    /** The words of all tasks, to be taken again after a restart. */
    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tasks.values().forEach(word -> bytes.writeBytes(word.write()));
        return bytes.toByteArray();
    }

    /** Takes the words again. */
    void read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        while (bytes.hasRemaining()) {
            take(Word.read(bytes));
        }
    }
}
