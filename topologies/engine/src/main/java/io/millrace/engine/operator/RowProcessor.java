package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.time.Duration;
import java.util.BitSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Decodes the records of a stream source and gives the rows to its chain; what cannot be decoded goes to quarantine. */
public final class RowProcessor implements Processor<byte[], byte[], byte[], Emission> {

    private final Spec spec;
    private final RowDecoder decoder;
    private @Nullable OperatorContext context;
    private @Nullable Operator chain;
    private @Nullable ProcessorContext<byte[], Emission> streams;

    /**
     * What every task of a source shares.
     *
     * @param relation the source's name
     * @param rowType its columns
     * @param wanted the columns that anything reads
     * @param format how its records are written
     * @param registry for the schemas of what is read
     * @param quarantine for what cannot be read
     * @param idle after how long without rows it is not waited for
     * @param runEnd how it hears that the run has ended; null when nothing waits for that
     * @param chain what the rows go through
     */
    public record Spec(
            String relation,
            RelDataType rowType,
            BitSet wanted,
            RowFormat format,
            SchemaRegistryClient registry,
            Quarantine quarantine,
            Duration idle,
            @Nullable RunEnd runEnd,
            OperatorFactory chain) {}

    private RowProcessor(Spec spec) {
        this.spec = spec;
        this.decoder = new RowDecoder(spec.rowType(), spec.wanted(), spec.format(), spec.registry());
    }

    public static ProcessorSupplier<byte[], byte[], byte[], Emission> supplier(Spec spec) {
        return () -> new RowProcessor(spec);
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> streamsContext) {
        context = new OperatorContext(streamsContext, spec.relation(), spec.idle(), spec.runEnd());
        chain = spec.chain().create(context);
        context.watchRunEnd(new RunEnd.Watch(spec.runEnd()), chain);
        streams = streamsContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null || chain == null || streams == null) {
            throw new IllegalStateException("The processor is not initialised");
        }
        SourceRow source = sourceRow(streams, record);
        context.beginRow(source);
        if (source.value() == null) {
            undecodable(
                    context, spec.relation(), spec.quarantine(), source, "A stream has no row without a value", null);
            return;
        }
        Row row;
        try {
            row = decoder.read(source.value());
        } catch (RowDecodingException e) {
            undecodable(
                    context, spec.relation(), spec.quarantine(), source, Quarantine.Reason.firstLine(e), e.getCause());
            return;
        }
        chain.process(Change.insert(source, source.timestampMs(), row));
    }

    static void undecodable(
            OperatorContext context,
            String relation,
            Quarantine quarantine,
            SourceRow source,
            String why,
            @Nullable Throwable cause) {
        quarantine.add(
                context,
                relation,
                source,
                new Quarantine.Reason(Quarantine.Stage.DECODE, null, why, cause),
                null,
                null);
    }

    static SourceRow sourceRow(ProcessorContext<?, ?> streams, Record<byte[], byte[]> record) {
        RecordMetadata metadata = streams.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of a source has a topic and an offset"));
        return new SourceRow(
                metadata.topic(),
                metadata.partition(),
                metadata.offset(),
                record.timestamp(),
                record.headers(),
                record.key(),
                record.value());
    }
}
