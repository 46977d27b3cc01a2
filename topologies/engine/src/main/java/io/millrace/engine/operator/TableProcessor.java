package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.RowWriter;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Follows a table source: keeps the last row of each key, and gives its chain what each record changes. Records of one key are on one
 * partition, as their producer's partitioner sees to. What cannot be decoded or breaks a rule goes to quarantine and leaves the last row as it
 * is.
 */
public final class TableProcessor implements Processor<byte[], byte[], byte[], Emission> {

    private static final byte[] NO_PREFIX = {};

    private final Spec spec;
    private final RowDecoder rows;
    private final RowDecoder keys;
    private final RowWriter keyWriter;
    private final RowWriter rowWriter;
    private final RowReader stored;
    private @Nullable OperatorContext context;
    private @Nullable Operator chain;
    private RowRules.Gate gate = change -> true;
    private @Nullable ProcessorContext<byte[], Emission> streams;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    /**
     * What every task of a table source shares.
     *
     * @param table the table; its store holds the last row of each key
     * @param registry for the schemas of what is read
     * @param quarantine for what cannot be read
     * @param idle after how long without rows it is not waited for
     * @param runEnd how it hears that the run has ended; null when nothing waits for that
     * @param gate what a row must pass to come into the table
     * @param chain what the changes go through
     */
    public record Spec(
            TableLoader.Table table,
            SchemaRegistryClient registry,
            Quarantine quarantine,
            Duration idle,
            @Nullable RunEnd runEnd,
            RowRules.GateFactory gate,
            OperatorFactory chain) {}

    private TableProcessor(Spec spec) {
        this.spec = spec;
        TableLoader.Table table = spec.table();
        this.rows = RowDecoder.ofAll(table.rowType(), table.format(), spec.registry());
        this.keys = RowDecoder.ofAll(table.keyType(), table.format(), spec.registry());
        this.keyWriter = new RowWriter(table.keyType());
        this.rowWriter = new RowWriter(table.rowType());
        this.stored = table.storedRowReader();
    }

    public static ProcessorSupplier<byte[], byte[], byte[], Emission> supplier(Spec spec) {
        return () -> new TableProcessor(spec);
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> streamsContext) {
        context = new OperatorContext(streamsContext, spec.table().relation(), spec.idle(), spec.runEnd());
        chain = spec.chain().create(context);
        context.watchRunEnd(new RunEnd.Watch(spec.runEnd()), chain);
        gate = spec.gate().create(context);
        streams = streamsContext;
        store = streamsContext.getStateStore(spec.table().storeName());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null || chain == null || streams == null || store == null) {
            throw new IllegalStateException("The processor is not initialised");
        }
        SourceRow source = RowProcessor.sourceRow(streams, record);
        context.beginRow(source);
        Bytes key;
        Row after;
        byte[] bytes;
        try {
            after = source.value() == null ? null : rows.read(source.value());
            key = Bytes.wrap(keyWriter.write(
                    NO_PREFIX, after == null ? key(source) : spec.table().keyOf(after)));
            bytes = after == null ? null : rowWriter.write(NO_PREFIX, after);
        } catch (RowDecodingException | IllegalArgumentException e) {
            RowProcessor.undecodable(
                    context,
                    spec.table().relation(),
                    spec.quarantine(),
                    source,
                    Quarantine.Reason.firstLine(e),
                    e.getCause());
            return;
        }
        byte[] last = store.get(key);
        if (Arrays.equals(last, bytes)
                || (after != null && !gate.passes(Change.insert(source, source.timestampMs(), after)))) {
            return;
        }
        if (bytes == null) {
            store.delete(key);
        } else {
            store.put(key, bytes);
        }
        chain.process(new Change(source, source.timestampMs(), last == null ? null : readStored(last), after));
    }

    private Row key(SourceRow source) throws RowDecodingException {
        if (source.key() == null) {
            throw new RowDecodingException(
                    "A record of a table that deletes a row has a key, and this one has none", null);
        }
        return keys.read(source.key());
    }

    private Row readStored(byte[] bytes) {
        try {
            return stored.read(bytes, 0);
        } catch (RowDecodingException e) {
            throw new IllegalStateException("A row that this topology wrote cannot be read", e);
        }
    }
}
