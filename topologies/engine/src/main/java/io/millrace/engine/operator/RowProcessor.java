package io.millrace.engine.operator;

import io.millrace.engine.row.RowDecodingException;
import io.millrace.schemas.registry.SchemaRegistryClient;
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

    /**
     * What every task of a source shares.
     *
     * @param relation the source's name
     * @param rowType its columns
     * @param wanted the columns that anything reads
     * @param registry for the schemas of what is read
     * @param quarantine for what cannot be read
     * @param chain what the rows go through
     */
    public record Spec(
            String relation,
            RelDataType rowType,
            BitSet wanted,
            SchemaRegistryClient registry,
            Quarantine quarantine,
            OperatorFactory chain) {}

    private RowProcessor(Spec spec) {
        this.spec = spec;
        this.decoder = new RowDecoder(spec.rowType(), spec.wanted(), spec.registry());
    }

    public static ProcessorSupplier<byte[], byte[], byte[], Emission> supplier(Spec spec) {
        return () -> new RowProcessor(spec);
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> streams) {
        OperatorContext operators = new OperatorContext(streams);
        context = operators;
        chain = spec.chain().create(operators);
        this.streams = streams;
    }

    private @Nullable ProcessorContext<byte[], Emission> streams;

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null || chain == null || streams == null) {
            throw new IllegalStateException("The processor is not initialised");
        }
        SourceRow source = sourceRow(streams, record);
        context.beginRow();
        if (source.value() == null) {
            spec.quarantine()
                    .add(
                            context,
                            spec.relation(),
                            source,
                            new Quarantine.Reason(
                                    Quarantine.Stage.DECODE, null, "A stream has no row without a value", null),
                            null,
                            null);
            return;
        }
        @Nullable Object[] row;
        try {
            row = decoder.read(source.value());
        } catch (RowDecodingException e) {
            Quarantine.Reason reason =
                    new Quarantine.Reason(Quarantine.Stage.DECODE, null, Quarantine.Reason.firstLine(e), e.getCause());
            spec.quarantine().add(context, spec.relation(), source, reason, null, null);
            return;
        }
        chain.process(source, source.timestampMs(), row);
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
