package io.millrace.engine.operator;

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

/** Reads rows of one relation from records in the wire format, whatever schema each was written with. One for each task. */
final class RowDecoder {

    private final RelDataType rowType;
    private final BitSet wanted;
    private final SchemaRegistryClient registry;
    private final Map<Integer, RowReader> readers = new HashMap<>();

    RowDecoder(RelDataType rowType, BitSet wanted, SchemaRegistryClient registry) {
        this.rowType = rowType;
        this.wanted = wanted;
        this.registry = registry;
    }

    static RowDecoder ofAll(RelDataType rowType, SchemaRegistryClient registry) {
        BitSet all = new BitSet();
        all.set(0, rowType.getFieldCount());
        return new RowDecoder(rowType, all, registry);
    }

    /**
     * The row in a record's bytes.
     *
     * @throws RowDecodingException when the bytes are at fault
     * @throws RegistryException when the registry cannot be asked, which says nothing of the bytes
     */
    @Nullable
    Object[] read(byte[] bytes) throws RowDecodingException {
        return reader(bytes).read(bytes, WireFormat.HEADER_BYTES);
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
