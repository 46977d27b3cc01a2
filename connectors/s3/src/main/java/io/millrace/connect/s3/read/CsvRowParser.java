package io.millrace.connect.s3.read;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.millrace.connect.common.BadValueException;
import io.millrace.connect.common.Column;
import io.millrace.connect.common.ColumnType;
import io.millrace.connect.common.RowShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes rows of CSV records. An empty field of a nullable column is null. A record must have as many fields as the header, or as
 * there are columns: one more or less means that values stand in the wrong columns.
 */
final class CsvRowParser implements RowParser {

    private final RowShape shape;
    private final CsvReader.CsvReaderBuilder csv;
    private final int fieldCount;
    private final int[] fieldOfColumn;

    private CsvRowParser(RowShape shape, CsvReader.CsvReaderBuilder csv, int fieldCount, int[] fieldOfColumn) {
        this.shape = shape;
        this.csv = csv;
        this.fieldCount = fieldCount;
        this.fieldOfColumn = fieldOfColumn;
    }

    /** For CSV without a header: the fields are the columns. */
    static CsvRowParser ofColumns(RowShape shape, char separator) {
        int[] fields = new int[shape.columns().size()];
        Arrays.setAll(fields, i -> i);
        return new CsvRowParser(shape, csv(separator), fields.length, fields);
    }

    /**
     * For CSV whose header is {@code text}; case does not matter in its names.
     *
     * @throws BadValueException when it is no header, or has a column twice, or lacks one that is NOT NULL
     */
    static CsvRowParser ofHeader(RowShape shape, char separator, String text) throws BadValueException {
        CsvReader.CsvReaderBuilder csv = csv(separator);
        List<String> names = new ArrayList<>();
        for (String name : fields(csv, text)) {
            names.add(name.strip().toLowerCase(Locale.ROOT));
        }
        int[] fieldOfColumn = new int[shape.columns().size()];
        for (int i = 0; i < fieldOfColumn.length; i++) {
            Column column = shape.columns().get(i);
            String name = column.name().toLowerCase(Locale.ROOT);
            fieldOfColumn[i] = names.indexOf(name);
            if (names.lastIndexOf(name) != fieldOfColumn[i]) {
                throw new BadValueException("the header has column '" + column.name() + "' twice");
            }
            if (fieldOfColumn[i] < 0 && !column.nullable()) {
                throw new BadValueException(
                        "column '" + column.name() + "' is NOT NULL, but the header lacks it; it has "
                                + ColumnType.shortened(String.join(", ", names)));
            }
        }
        return new CsvRowParser(shape, csv, names.size(), fieldOfColumn);
    }

    private static CsvReader.CsvReaderBuilder csv(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .allowUnclosedQuote(false);
    }

    @Override
    public Struct parse(String text) throws BadValueException {
        List<String> fields = fields(csv, text);
        if (fields.size() != fieldCount) {
            throw new BadValueException("the record has " + fields.size() + " fields instead of " + fieldCount);
        }
        Struct row = new Struct(shape.value());
        for (int i = 0; i < fieldOfColumn.length; i++) {
            if (fieldOfColumn[i] >= 0) {
                Column column = shape.columns().get(i);
                String field = fields.get(fieldOfColumn[i]);
                if (!field.isEmpty() || !column.nullable()) {
                    row.put(shape.value().fields().get(i), Rows.fromText(column, field));
                }
            }
        }
        return row;
    }

    private static List<String> fields(CsvReader.CsvReaderBuilder csv, String text) throws BadValueException {
        try {
            return csv.ofSingleCsvRecord(text).getFields();
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BadValueException("this is not CSV: " + cause.getMessage(), e);
        }
    }
}
