package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.StoredRows;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a repartition topic: takes the changes of its inputs, in the order in which they come, and how far event time has
 * come in each.
 */
public final class SectionProcessor implements Processor<byte[], byte[], byte[], Emission> {

    private final Spec spec;
    private final RowReader[] readers;
    private final Progress[] progress;
    private final long[] watermarksMs;
    private @Nullable OperatorContext context;
    private Operator[] inputs = {};
    private boolean hasGoneOn;
    private @Nullable ProcessorContext<byte[], Emission> streams;
    private @Nullable KeyValueStore<Bytes, byte[]> progressStore;

    /** Makes the operators of one task, one for each input. */
    @FunctionalInterface
    public interface Inputs {
        Operator[] create(OperatorContext context);
    }

    /**
     * What every task of a section shares.
     *
     * @param name its repartition's
     * @param relation the relation that it belongs to
     * @param exchanges its inputs, by their number
     * @param writers the processors that send to each input, each as often as it has operators that do; time begins when all their tasks
     *     have been heard
     * @param partitions how many tasks each of them has
     * @param progressStore the store of how far the tasks that send to it have come
     * @param idle after how long without rows it is not waited for
     * @param runEnd how it hears that the run has ended; null when nothing waits for that
     * @param inputs what the changes of each input go to
     */
    public record Spec(
            String name,
            String relation,
            List<Exchange> exchanges,
            List<List<String>> writers,
            int partitions,
            String progressStore,
            Duration idle,
            @Nullable RunEnd runEnd,
            Inputs inputs) {

        public Spec {
            writers = List.copyOf(writers);
            exchanges = List.copyOf(exchanges);
        }

        /** The numbers of the operators that send to an input. */
        private Set<Integer> writersOf(int input) {
            Map<String, Integer> counts = new HashMap<>();
            Set<Integer> numbers = new HashSet<>();
            for (String processor : writers.get(input)) {
                int number = counts.merge(processor, 1, Integer::sum) - 1;
                numbers.add(Progress.writer(processor, name, input, number));
            }
            return numbers;
        }
    }

    private SectionProcessor(Spec spec) {
        this.spec = spec;
        int count = spec.exchanges().size();
        this.readers = new RowReader[count];
        this.progress = new Progress[count];
        this.watermarksMs = new long[count];
        for (int i = 0; i < count; i++) {
            Exchange exchange = spec.exchanges().get(i);
            readers[i] = StoredRows.reader(exchange.rowType());
            progress[i] = new Progress(
                    spec.writersOf(i),
                    spec.partitions(),
                    spec.runEnd() == null ? 0 : spec.runEnd().mark());
            watermarksMs[i] = Long.MIN_VALUE;
        }
    }

    public static ProcessorSupplier<byte[], byte[], byte[], Emission> supplier(Spec spec) {
        return () -> new SectionProcessor(spec);
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> streamsContext) {
        streams = streamsContext;
        context = new OperatorContext(streamsContext, spec.name(), spec.idle(), spec.runEnd());
        progressStore = streamsContext.getStateStore(spec.progressStore());
        inputs = spec.inputs().create(context);
        for (int i = 0; i < progress.length; i++) {
            byte[] written = progressStore.get(key(i));
            if (written != null) {
                progress[i].read(written);
            }
        }
        context.onTick(isIdle -> goOn());
    }

    /**
     * Tells the operators, before anything else comes, how far time had come. Not while they are made: where a sender that was behind is there
     * no more, it has come further than they know, and what they then have to send cannot be sent yet.
     */
    private void goOn() {
        if (!hasGoneOn) {
            hasGoneOn = true;
            advance();
        }
    }

    private static Bytes key(int input) {
        return Bytes.wrap(new byte[] {(byte) input});
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (streams == null || context == null) {
            throw new IllegalStateException("The processor is not initialised");
        }
        goOn();
        Progress.Word word = Progress.Word.of(record.headers());
        if (word != null) {
            take(word);
        }
        if (record.value() == null) {
            return;
        }
        SourceRow source = Origin.restore(RowProcessor.sourceRow(streams, record));
        context.beginRow(source);
        ByteBuffer value = ByteBuffer.wrap(record.value());
        int parts = value.get();
        int input = value.get();
        Row before = null;
        if ((parts & Exchange.BEFORE) != 0) {
            int length = value.getInt();
            before = decode(readers[input], record.value(), value.position());
            value.position(value.position() + length);
        }
        Row after = (parts & Exchange.AFTER) == 0 ? null : decode(readers[input], record.value(), value.position());
        inputs[input].process(new Change(source, record.timestamp(), before, after));
    }

    /** Tells the operators how far the time of an input has come, before they get the row that brought the word. */
    private void take(Progress.Word word) {
        Progress input = progress[word.input()];
        if (!input.isNews(word)) {
            return;
        }
        boolean hadEnded = hasEnded();
        input.take(word);
        if (progressStore != null) {
            // Kept, so that a restart opens no window again; the store is cached, and writes it once for each commit.
            progressStore.put(key(word.input()), input.write());
        }
        advance();
        if (!hadEnded && hasEnded() && context != null && spec.runEnd() != null) {
            for (Operator operator : inputs) {
                operator.end();
            }
            spec.runEnd().report(context);
        }
    }

    private boolean hasEnded() {
        for (Progress input : progress) {
            if (!input.hasEnded()) {
                return false;
            }
        }
        return true;
    }

    /** Gives each input its time; one that has nothing to send takes that of the others, and holds nothing back. */
    private void advance() {
        long busyMs = Long.MAX_VALUE;
        boolean isAnyBusy = false;
        for (Progress input : progress) {
            if (!input.isIdle()) {
                isAnyBusy = true;
                busyMs = Math.min(busyMs, input.watermarkMs());
            }
        }
        for (int i = 0; i < progress.length; i++) {
            long watermarkMs = progress[i].watermarkMs();
            if (progress[i].isIdle() && isAnyBusy) {
                watermarkMs = Math.max(watermarkMs, busyMs);
            }
            if (watermarkMs > watermarksMs[i]) {
                watermarksMs[i] = watermarkMs;
                inputs[i].advance(watermarkMs);
            }
        }
    }

    private static Row decode(RowReader reader, byte[] bytes, int offset) {
        try {
            return reader.read(bytes, offset);
        } catch (RowDecodingException e) {
            throw new IllegalStateException("A row that this topology wrote cannot be read", e);
        }
    }
}
