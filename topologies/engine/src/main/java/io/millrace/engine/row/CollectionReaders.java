package io.millrace.engine.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.jspecify.annotations.Nullable;

/**
 * Readers of arrays, as lists, and of maps. Avro's maps have texts for keys; a MAP with other keys is an array of records
 * of a {@code key} and a {@code value}.
 */
final class CollectionReaders {

    private CollectionReaders() {}

    static @Nullable ValueReader array(Schema schema, RelDataType type, ColumnPath path) {
        if (schema.getType() != Schema.Type.ARRAY) {
            return null;
        }
        ValueReader element = part(schema.getElementType(), component(type.getComponentType()), path.element());
        return decoder -> {
            List<@Nullable Object> list = new ArrayList<>();
            for (long count = decoder.readArrayStart(); count != 0; count = decoder.arrayNext()) {
                for (long i = 0; i < count; i++) {
                    list.add(element.read(decoder));
                }
            }
            return list;
        };
    }

    static @Nullable ValueReader map(Schema schema, RelDataType type, ColumnPath path) {
        RelDataType keyType = component(type.getKeyType());
        RelDataType valueType = component(type.getValueType());
        if (schema.getType() == Schema.Type.MAP && keyType.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER) {
            ValueReader value = part(schema.getValueType(), valueType, path.element());
            return decoder -> readMap(decoder, keyType, value);
        }
        return schema.getType() == Schema.Type.ARRAY && isEntry(schema.getElementType())
                ? entries(schema.getElementType(), keyType, valueType, path)
                : null;
    }

    private static Map<Object, @Nullable Object> readMap(BinaryDecoder decoder, RelDataType keyType, ValueReader value)
            throws IOException {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (long count = decoder.readMapStart(); count != 0; count = decoder.mapNext()) {
            for (long i = 0; i < count; i++) {
                String key = TextReaders.string(decoder);
                if (Lengths.isLimited(keyType)) {
                    Lengths.check(key, keyType);
                }
                put(map, key, value.read(decoder));
            }
        }
        return map;
    }

    private static boolean isEntry(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                && schema.getFields().size() == 2
                && schema.getFields().get(0).name().equals("key")
                && schema.getFields().get(1).name().equals("value");
    }

    private static ValueReader entries(Schema entry, RelDataType keyType, RelDataType valueType, ColumnPath path) {
        ValueReader key = part(entry.getField("key").schema(), keyType, path.key());
        ValueReader value = part(entry.getField("value").schema(), valueType, path.element());
        return decoder -> {
            Map<Object, @Nullable Object> map = new LinkedHashMap<>();
            for (long count = decoder.readArrayStart(); count != 0; count = decoder.arrayNext()) {
                for (long i = 0; i < count; i++) {
                    Object read = key.read(decoder);
                    if (read == null) {
                        throw new UnfitValueException("a key of the map is null");
                    }
                    put(map, read, value.read(decoder));
                }
            }
            return map;
        };
    }

    static void put(Map<Object, @Nullable Object> map, Object key, @Nullable Object value) {
        int before = map.size();
        map.put(key, value);
        if (map.size() == before) {
            throw new UnfitValueException("the key '" + UnfitValueException.shown(key) + "' is in the map twice");
        }
    }

    /** Elements take at least a byte each, so that few bytes cannot claim to be a billion of them. */
    private static ValueReader part(Schema schema, RelDataType type, ColumnPath path) {
        if (SkippedFields.isWithoutBytes(schema)) {
            throw new IllegalArgumentException(
                    "Column '" + path + "' is " + ExactValues.name(type) + ", but the topic holds " + schema);
        }
        return ValueReader.notNull(ValueReader.of(schema, type, path), type, path);
    }

    static RelDataType component(@Nullable RelDataType type) {
        return Objects.requireNonNull(type, "a collection's type has a component");
    }
}
