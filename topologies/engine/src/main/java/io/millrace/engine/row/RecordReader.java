package io.millrace.engine.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as the values of columns, in an array. Fields go to columns of their name, exactly first and then without
 * regard to case; a column that the writer does not have is null.
 */
final class RecordReader implements ValueReader {

    /** One field of the writer's record: where its value goes, or nowhere. */
    private record Field(
            Schema schema, int column, @Nullable ValueReader reader) {}

    private final List<Field> fields = new ArrayList<>();
    private final List<RelDataTypeField> columns;
    private final boolean[] isRequired;
    private final @Nullable ColumnPath path;

    private RecordReader(
            Schema writer, List<RelDataTypeField> columns, IntPredicate wanted, @Nullable ColumnPath path) {
        this.columns = columns;
        this.path = path;
        this.isRequired = new boolean[columns.size()];
        for (int i = 0; i < isRequired.length; i++) {
            isRequired[i] = wanted.test(i) && !columns.get(i).getType().isNullable();
        }
        ColumnNames names = new ColumnNames(columns, name -> writer.getField(name) != null);
        Map<Integer, String> taken = new HashMap<>();
        for (Schema.Field field : writer.getFields()) {
            RelDataTypeField column = names.columnOf(field.name());
            String other = column == null ? null : taken.put(column.getIndex(), field.name());
            if (column != null && other != null) {
                throw new IllegalArgumentException("Column '" + column.getName() + "' is both '" + other + "' and '"
                        + field.name() + "' of the topic: write its name as one of them");
            }
            fields.add(
                    column == null || !wanted.test(column.getIndex())
                            ? new Field(field.schema(), -1, null)
                            : new Field(field.schema(), column.getIndex(), readerOf(field, column)));
        }
    }

    /** A reader of whole rows. */
    static RecordReader root(Schema writer, List<RelDataTypeField> columns, IntPredicate wanted) {
        return new RecordReader(writer, columns, wanted, null);
    }

    /** A reader of the ROW at {@code path}. */
    static RecordReader nested(Schema writer, List<RelDataTypeField> columns, ColumnPath path) {
        return new RecordReader(writer, columns, column -> true, path);
    }

    private ValueReader readerOf(Schema.Field field, RelDataTypeField column) {
        if (path == null) {
            SkippedFields.checkNotRecursive(field.schema(), pathOf(column));
        }
        return ValueReader.of(field.schema(), column.getType(), pathOf(column));
    }

    private ColumnPath pathOf(RelDataTypeField column) {
        return path == null ? ColumnPath.of(column.getName()) : path.field(column.getName());
    }

    @Override
    public @Nullable Object[] read(BinaryDecoder decoder) throws IOException {
        @Nullable Object[] row = new Object[columns.size()];
        for (Field field : fields) {
            if (field.reader() == null) {
                SkippedFields.skip(field.schema(), decoder);
            } else {
                row[field.column()] = field.reader().read(decoder);
            }
        }
        for (int i = 0; i < row.length; i++) {
            if (row[i] == null && isRequired[i]) {
                throw missing(pathOf(columns.get(i)));
            }
        }
        return row;
    }

    static UnfitValueException missing(ColumnPath path) {
        return UnfitValueException.placed("Column '" + path + "' is NOT NULL, but its value is missing or null");
    }
}
