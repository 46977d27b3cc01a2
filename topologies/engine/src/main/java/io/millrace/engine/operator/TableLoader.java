package io.millrace.engine.operator;

import io.millrace.engine.row.AvroSchemas;
import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.RowWriter;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows of a table source in a global store: the key columns' Avro binary to the row's. Streams loads a global
 * store to its topic's end before the first row of any stream, and runs this processor for it too.
 */
public final class TableLoader implements Processor<byte[], byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(TableLoader.class);

    /**
     * A table that rows are looked up in.
     *
     * @param relation its name
     * @param storeName the store's name
     * @param rowType its columns
     * @param keyColumns the positions of the key columns, in key order
     * @param keyType the key columns alone, none of them nullable
     * @param format how its records are written, and their keys
     */
    public record Table(
            String relation,
            String storeName,
            RelDataType rowType,
            List<Integer> keyColumns,
            RelDataType keyType,
            RowFormat format) {

        public Table {
            keyColumns = List.copyOf(keyColumns);
        }

        Row keyOf(Row row) {
            return row.pick(keyColumns);
        }

        RowReader storedRowReader() {
            Schema stored = AvroSchemas.of(rowType, relation, "");
            return new RowReader(stored, rowType, column -> true);
        }
    }

    private final Table table;
    private final RowDecoder rows;
    private final RowDecoder keys;
    private final RowWriter keyWriter;
    private final RowWriter rowWriter;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    private TableLoader(Table table, SchemaRegistryClient registry) {
        this.table = table;
        this.rows = RowDecoder.ofAll(table.rowType(), table.format(), registry);
        this.keys = RowDecoder.ofAll(table.keyType(), table.format(), registry);
        this.keyWriter = new RowWriter(table.keyType());
        this.rowWriter = new RowWriter(table.rowType());
    }

    public static ProcessorSupplier<byte[], byte[], Void, Void> supplier(Table table, SchemaRegistryClient registry) {
        return () -> new TableLoader(table, registry);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(table.storeName());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (store == null) {
            throw new IllegalStateException("The processor is not initialised");
        }
        try {
            if (record.value() == null) {
                store.delete(Bytes.wrap(keyWriter.write(new byte[0], keys.read(record.key()))));
                return;
            }
            Row row = rows.read(record.value());
            store.put(Bytes.wrap(keyWriter.write(new byte[0], table.keyOf(row))), rowWriter.write(new byte[0], row));
        } catch (RowDecodingException | IllegalArgumentException e) {
            // A global store has no way on to the quarantine topic; the row stays where it is, in the table's topic.
            LOG.warn("Left a record out of table '{}': {}", table.relation(), e.getMessage());
        }
    }
}
