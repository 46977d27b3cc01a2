package io.millrace.engine.row;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows from records that are one record of CSV each, without a header: fields are the columns in their order, in double
 * quotes where they need to be. An empty field is null, one in quotes an empty text. Values are written as {@link TextValues}
 * reads them, nested ones in JSON as {@link JsonRows} does. Thread-safe.
 */
public final class CsvRows {

    private final List<RelDataTypeField> columns;
    private final @Nullable FieldReader[] readers;
    private final CsvReader.CsvReaderBuilder csv;

    @FunctionalInterface
    private interface FieldReader {

        @Nullable
        Object read(String text);
    }

    /**
     * @param rowType all columns, in the order of the fields
     * @param wanted tells of each column whether anyone reads it; the others stay null
     * @param separator between fields
     */
    public CsvRows(RelDataType rowType, IntPredicate wanted, char separator) {
        this.columns = rowType.getFieldList();
        this.readers = new FieldReader[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = wanted.test(i) ? reader(columns.get(i)) : null;
        }
        this.csv = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .allowUnclosedQuote(false);
    }

    private static FieldReader reader(RelDataTypeField column) {
        RelDataType type = column.getType();
        ColumnPath path = ColumnPath.of(column.getName());
        SqlTypeName name = type.getSqlTypeName();
        if (name == SqlTypeName.ARRAY || name == SqlTypeName.MAP || name == SqlTypeName.ROW) {
            JsonReader json = JsonReader.of(type, path);
            return text -> JsonRows.value(text, json);
        }
        return text -> TextValues.value(text, type);
    }

    /**
     * The row in {@code bytes} from {@code offset} on, which are one record of CSV in UTF-8.
     *
     * @throws RowDecodingException when they are none, or a value does not fit its column
     */
    public Row read(byte[] bytes, int offset) throws RowDecodingException {
        try {
            return Row.of(row(fields(ExactValues.utf8(Arrays.copyOfRange(bytes, offset, bytes.length)))));
        } catch (UnfitValueException e) {
            throw new RowDecodingException(String.valueOf(e.getMessage()), e);
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RowDecodingException("The record is no CSV: " + cause.getMessage(), e);
        }
    }

    private List<@Nullable String> fields(String text) {
        Iterator<List<@Nullable String>> records =
                csv.build(new NullableFields(), text).iterator();
        // No characters are no record to the parser, but the empty field of an only column.
        List<@Nullable String> fields = records.hasNext() ? records.next() : Collections.singletonList(null);
        if (records.hasNext()) {
            throw new UnfitValueException("The record holds more than one record of CSV");
        }
        return fields;
    }

    private @Nullable Object[] row(List<@Nullable String> fields) {
        if (fields.size() != readers.length) {
            throw new UnfitValueException("The record has " + fields.size() + " fields instead of " + readers.length);
        }
        @Nullable Object[] row = new Object[readers.length];
        for (int i = 0; i < row.length; i++) {
            FieldReader reader = readers[i];
            if (reader != null) {
                row[i] = value(fields.get(i), reader, columns.get(i));
            }
        }
        return row;
    }

    private static @Nullable Object value(@Nullable String field, FieldReader reader, RelDataTypeField column) {
        ColumnPath path = ColumnPath.of(column.getName());
        if (field != null) {
            try {
                return reader.read(field);
            } catch (UnfitValueException e) {
                throw e.isPlaced() ? e : e.at(path);
            }
        }
        if (!column.getType().isNullable()) {
            throw RecordReader.missing(path);
        }
        return null;
    }
}
