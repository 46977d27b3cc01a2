package io.millrace.engine.row;

import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.jspecify.annotations.Nullable;

/** Writers of arrays, maps and rows, the counterpart of {@link CollectionReaders} and {@link RecordReader}. */
final class CollectionWriters {

    private CollectionWriters() {}

    static ValueWriter.NonNull array(RelDataType type, ColumnPath path) {
        ValueWriter element = ValueWriter.of(CollectionReaders.component(type.getComponentType()), path.element());
        return (encoder, value) -> {
            List<?> list = (List<?>) value;
            encoder.writeArrayStart();
            encoder.setItemCount(list.size());
            for (Object item : list) {
                encoder.startItem();
                element.write(encoder, item);
            }
            encoder.writeArrayEnd();
        };
    }

    static ValueWriter.NonNull map(RelDataType type, ColumnPath path) {
        RelDataType keyType = CollectionReaders.component(type.getKeyType());
        ValueWriter value = ValueWriter.of(CollectionReaders.component(type.getValueType()), path.element());
        return keyType.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER
                ? textMap(value, path)
                : entries(ValueWriter.notNull(keyType, path.key()), value, path);
    }

    private static ValueWriter.NonNull textMap(ValueWriter valueWriter, ColumnPath path) {
        return (encoder, value) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            encoder.writeMapStart();
            encoder.setItemCount(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                encoder.startItem();
                encoder.writeString(key(entry, path).toString());
                valueWriter.write(encoder, entry.getValue());
            }
            encoder.writeMapEnd();
        };
    }

    private static ValueWriter.NonNull entries(
            ValueWriter.NonNull keyWriter, ValueWriter valueWriter, ColumnPath path) {
        return (encoder, value) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            encoder.writeArrayStart();
            encoder.setItemCount(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                encoder.startItem();
                keyWriter.write(encoder, key(entry, path));
                valueWriter.write(encoder, entry.getValue());
            }
            encoder.writeArrayEnd();
        };
    }

    private static Object key(Map.Entry<?, ?> entry, ColumnPath path) {
        Object key = entry.getKey();
        if (key == null) {
            throw new UnfitValueException("a key of the map is null").at(path);
        }
        return key;
    }

    /** Calcite makes arrays of rows, and lists of those that it takes from elsewhere. */
    static ValueWriter.NonNull row(RelDataType type, ColumnPath path) {
        List<RelDataTypeField> fields = type.getFieldList();
        ValueWriter[] writers = new ValueWriter[fields.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = ValueWriter.of(
                    fields.get(i).getType(), path.field(fields.get(i).getName()));
        }
        return (encoder, value) -> {
            @Nullable Object[] row = rowOf(value);
            for (int i = 0; i < writers.length; i++) {
                writers[i].write(encoder, row[i]);
            }
        };
    }

    static @Nullable Object[] rowOf(Object value) {
        return value instanceof List<?> list ? list.toArray() : (@Nullable Object[]) value;
    }
}
