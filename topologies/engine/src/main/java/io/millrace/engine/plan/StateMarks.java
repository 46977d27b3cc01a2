package io.millrace.engine.plan;

import io.millrace.engine.operator.Emission;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in each store, beside its content and so in its changelog too, of what form the content is: the layout's parts under one key. A
 * processor does not start on a store of another form, which it would misread. What a repartition topic carries is marked in the store of its
 * progress.
 */
final class StateMarks {

    /** Sorts behind the keys of all operators, and begins as none of a table does: no number in Avro is so long. */
    static final Bytes KEY = Bytes.wrap(key());

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final byte VERSION = 1;

    private final String applicationId;
    /** What is to be known of the content of each store, by its name. */
    private final Map<String, StateLayout> layouts = new LinkedHashMap<>();

    StateMarks(PipelinePlan plan) {
        this.applicationId = plan.applicationId();
        List<StateLayout> all = PlannedState.of(plan);
        for (StateLayout layout : all) {
            if (layout.kind() == StateLayout.Kind.STORE
                    && !layout.topic().isEmpty()
                    && !layout.parts().isEmpty()) {
                layouts.put(layout.name(), layout);
            }
        }
        for (StateLayout layout : all) {
            if (layout.kind() == StateLayout.Kind.REPARTITION) {
                layouts.put(PlannedState.progressStore(nodeOf(layout.name())), layout);
            }
        }
    }

    private static String nodeOf(String repartition) {
        return repartition.substring(0, repartition.length() - PlannedState.REPARTITION_SUFFIX.length());
    }

    private static byte[] key() {
        byte[] behind = new byte[16];
        Arrays.fill(behind, (byte) 0xff);
        byte[] name = "layout".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(behind.length + name.length)
                .put(behind)
                .put(name)
                .array();
    }

    /** The same processors, which look at the marks of their stores when they start, and write them where there are none. */
    ProcessorSupplier<byte[], byte[], byte[], Emission> around(
            ProcessorSupplier<byte[], byte[], byte[], Emission> processors, Collection<String> stores) {
        Map<String, StateLayout> own = new LinkedHashMap<>(layouts);
        own.keySet().retainAll(stores);
        return () -> new Marked(processors.get(), own);
    }

    private final class Marked implements Processor<byte[], byte[], byte[], Emission> {

        private final Processor<byte[], byte[], byte[], Emission> processor;
        private final Map<String, StateLayout> own;
        private final Map<KeyValueStore<Bytes, byte[]>, byte[]> unmarked = new LinkedHashMap<>();
        private @Nullable Cancellable marking;

        Marked(Processor<byte[], byte[], byte[], Emission> processor, Map<String, StateLayout> own) {
            this.processor = processor;
            this.own = own;
        }

        @Override
        public void init(ProcessorContext<byte[], Emission> context) {
            own.forEach((name, layout) -> {
                KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
                byte[] mark = store.get(KEY);
                if (mark == null) {
                    unmarked.put(store, write(layout.parts()));
                } else {
                    requireSame(layout, mark);
                }
            });
            processor.init(context);
            if (!unmarked.isEmpty()) {
                // Not at once: what a task writes before it has taken anything is in no transaction that ends soon.
                marking = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, nowMs -> mark());
            }
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            mark();
            processor.process(record);
        }

        private void mark() {
            if (marking != null) {
                unmarked.forEach((store, mark) -> store.put(KEY, mark));
                unmarked.clear();
                marking.cancel();
                marking = null;
            }
        }

        @Override
        public void close() {
            processor.close();
        }
    }

    private void requireSame(StateLayout layout, byte[] mark) {
        List<StateLayout.Part> before = read(mark);
        List<String> changes = before == null
                ? List.of("it was written by another version")
                : LayoutChanges.between(before, layout.parts());
        if (!changes.isEmpty()) {
            throw new UnreadableStateException("The state '" + layout.name() + "' of '" + layout.relation()
                    + "' is of another form than this pipeline reads: " + String.join("; ", changes) + ". Give '"
                    + layout.relation() + "' another name, to begin anew under that, or reset the application "
                    + applicationId + " and delete its changelogs and repartition topics; "
                    + "millrace explain --against OLD FILE shows all that changes");
        }
    }

    private static byte[] write(List<StateLayout.Part> parts) {
        List<byte[]> texts = new ArrayList<>();
        for (StateLayout.Part part : parts) {
            for (String text : List.of(part.role(), part.name(), part.type())) {
                texts.add(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(
                1 + texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum());
        bytes.put(VERSION);
        texts.forEach(text -> bytes.putInt(text.length).put(text));
        return bytes.array();
    }

    /** The parts that a mark tells of; null where it is not of this version. */
    private static @Nullable List<StateLayout.Part> read(byte[] mark) {
        ByteBuffer bytes = ByteBuffer.wrap(mark);
        if (bytes.get() != VERSION) {
            return null;
        }
        List<StateLayout.Part> parts = new ArrayList<>();
        while (bytes.hasRemaining()) {
            parts.add(new StateLayout.Part(text(bytes), text(bytes), text(bytes)));
        }
        return parts;
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
