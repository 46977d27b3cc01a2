package io.millrace.engine.operator;

import io.millrace.engine.row.CsvRows;
import io.millrace.engine.row.JsonRows;
import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.WireFormat;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads rows of one relation from its records; those in Avro with whatever schema each was written. One for each task. */
final class RowDecoder {

    private final RelDataType rowType;
    private final BitSet wanted;
    private final SchemaRegistryClient registry;
    private final Map<Integer, RowReader> readers = new HashMap<>();
    private final @Nullable JsonRows json;
    private final @Nullable CsvRows csv;

    RowDecoder(RelDataType rowType, BitSet wanted, RowFormat format, SchemaRegistryClient registry) {
        this.rowType = rowType;
        this.wanted = wanted;
        this.registry = registry;
        this.json = format == RowFormat.JSON ? new JsonRows(rowType, wanted::get) : null;
        this.csv = format == RowFormat.CSV ? new CsvRows(rowType, wanted::get, ',') : null;
    }

    static RowDecoder ofAll(RelDataType rowType, RowFormat format, SchemaRegistryClient registry) {
        BitSet all = new BitSet();
        all.set(0, rowType.getFieldCount());
        return new RowDecoder(rowType, all, format, registry);
    }

    /**
     * The row in a record's bytes.
     *
     * @throws RowDecodingException when the bytes are at fault
     * @throws RegistryException when the registry cannot be asked, which says nothing of the bytes
     */
    Row read(byte[] bytes) throws RowDecodingException {
        if (json != null) {
            return json.read(bytes, 0);
        }
        return csv != null ? csv.read(bytes, 0) : reader(bytes).read(bytes, WireFormat.HEADER_BYTES);
    }

    private RowReader reader(byte[] bytes) throws RowDecodingException {
        try {
            int id = WireFormat.schemaId(bytes);
            RowReader known = readers.get(id);
            if (known != null) {
                return known;
            }
            RowReader reader = new RowReader(registry.schemaOf(id), rowType, wanted::get);
            readers.put(id, reader);
            return reader;
        } catch (SerializationException | IllegalArgumentException e) {
            throw new RowDecodingException(String.valueOf(e.getMessage()), e);
        } catch (RegistryException e) {
            if (e.isTransient() || e.errorCode() == RegistryException.UNREACHABLE) {
                throw e;
            }
            throw new RowDecodingException("Its schema is unknown to the registry: " + e.getMessage(), e);
        }
    }
}
