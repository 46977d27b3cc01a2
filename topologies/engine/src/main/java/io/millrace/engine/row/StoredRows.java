package io.millrace.engine.row;

import io.millrace.engine.sql.SqlDialect;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** Rows as the topology keeps them for itself: their columns are known by place, since an expression in between has no name. */
public final class StoredRows {

    private StoredRows() {}

    /** The row type with names that Avro allows, and texts of any length: what was computed may be longer than its type says. */
    public static RelDataType type(RelDataType rowType) {
        RelDataTypeFactory.Builder columns = SqlDialect.types().builder();
        for (int i = 0; i < rowType.getFieldCount(); i++) {
            columns.add("c" + i, Lengths.without(rowType.getFieldList().get(i).getType()));
        }
        return columns.build();
    }

    /** What reads the bytes that a {@link RowWriter} of the type wrote. */
    public static RowReader reader(RelDataType rowType) {
        RelDataType stored = type(rowType);
        return new RowReader(AvroSchemas.of(stored, "row", ""), stored, column -> true);
    }
}
