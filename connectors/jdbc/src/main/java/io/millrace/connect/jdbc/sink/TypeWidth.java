package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableColumn;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Compares a column's width with that of a field's values, by the types that JDBC knows. */
final class TypeWidth {

    private static final List<Integer> WHOLE = List.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);

    private TypeWidth() {}

    /**
     * The type that a column needs; null when it is wide enough, or of another kind.
     *
     * @param own the type of a new column for the schema
     */
    static @Nullable String wider(TableColumn column, Schema schema, String own) {
        int held = WHOLE.indexOf(column.jdbcType());
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            return held >= 0 ? own : widerDecimal(column, schema);
        }
        if (schema.name() != null) {
            return null;
        }
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64 -> held >= 0 && held < WHOLE.indexOf(jdbcType(schema.type())) ? own : null;
            case FLOAT64 -> column.jdbcType() == Types.REAL ? own : null;
            // A size that no text reaches is how drivers say that there is none.
            case STRING -> isText(column) && column.size() < 1 << 20 ? own : null;
            default -> null;
        };
    }

    private static boolean isText(TableColumn column) {
        return (column.jdbcType() == Types.VARCHAR || column.jdbcType() == Types.CHAR)
                && List.of("varchar", "bpchar", "char")
                        .contains(column.typeName().toLowerCase(Locale.ROOT));
    }

    private static int jdbcType(Schema.Type type) {
        return switch (type) {
            case INT8 -> Types.TINYINT;
            case INT16 -> Types.SMALLINT;
            case INT32 -> Types.INTEGER;
            default -> Types.BIGINT;
        };
    }

    private static @Nullable String widerDecimal(TableColumn column, Schema schema) {
        String precision = SinkDialect.parameter(schema, SinkDialect.PRECISION);
        String scale = SinkDialect.parameter(schema, Decimal.SCALE_FIELD);
        boolean isDecimal = column.jdbcType() == Types.NUMERIC || column.jdbcType() == Types.DECIMAL;
        // A column without a precision holds every number.
        if (!isDecimal || precision == null || scale == null || column.size() < 1 || column.size() > 1000) {
            return null;
        }
        int behind = Math.max(column.scale(), Integer.parseInt(scale));
        int before = Math.max(column.size() - column.scale(), Integer.parseInt(precision) - Integer.parseInt(scale));
        return behind == column.scale() && before == column.size() - column.scale()
                ? null
                : "numeric(" + (before + behind) + ", " + behind + ")";
    }

    /** A column's type as it would be written. */
    static String definition(TableColumn column) {
        String name = column.typeName();
        return switch (column.jdbcType()) {
            case Types.VARCHAR, Types.CHAR, Types.BINARY, Types.VARBINARY ->
                name.toUpperCase(Locale.ROOT).matches("(VAR)?(CHAR|BINARY)") ? name + "(" + column.size() + ")" : name;
            case Types.DECIMAL, Types.NUMERIC -> name + "(" + column.size() + ", " + column.scale() + ")";
            case Types.TIME, Types.TIMESTAMP -> name.contains("(") ? name : name + "(6)";
            default -> name;
        };
    }
}
