package io.millrace.engine.sql;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Reads types as they are written in {@code columns}, nested to a limit. What is not NOT NULL may be null. */
final class ColumnTypes {

    static final String TYPES_HINT =
            "types: BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, DECIMAL(p, s), REAL, DOUBLE, STRING, "
                    + "BYTES, DATE, TIME(p), TIMESTAMP(p), TIMESTAMP(p) WITH LOCAL TIME ZONE, INTERVAL DAY TO SECOND, "
                    + "INTERVAL YEAR TO MONTH, UUID, ARRAY<type>, MAP<type, type>, ROW(name type, …)";

    private static final int MAX_DEPTH = 32;
    private static final int MAX_INTERVAL_PRECISION = 10;

    private final JavaTypeFactory types = SqlDialect.types();
    private final ColumnScanner scanner;

    ColumnTypes(ColumnScanner scanner) {
        this.scanner = scanner;
    }

    /** A text is no type; {@code position} is where that shows. */
    static final class NoTypeException extends Exception {

        final int position;
        final @Nullable String hint;

        NoTypeException(int position, String message, @Nullable String hint) {
            super(message, null, false, false);
            this.position = position;
            this.hint = hint;
        }
    }

    /** The next type with its {@code NOT NULL}. */
    RelDataType read() throws NoTypeException {
        return nullable(1);
    }

    private RelDataType nullable(int depth) throws NoTypeException {
        RelDataType type = type(depth);
        boolean isNotNull = scanner.accept("NOT", "NULL");
        if (!isNotNull) {
            scanner.accept("NULL");
        }
        // The plain way to make a ROW nullable makes its fields so, too.
        return types.enforceTypeWithNullability(type, !isNotNull);
    }

    private RelDataType type(int depth) throws NoTypeException {
        int start = scanner.position();
        if (depth > MAX_DEPTH) {
            throw new NoTypeException(start, "Types are nested to a depth of " + MAX_DEPTH + ", and not deeper", null);
        }
        RelDataType type = named(scanner.word(), start, depth);
        for (int level = depth + 1; scanner.accept("ARRAY"); level++) {
            if (level > MAX_DEPTH) {
                throw new NoTypeException(
                        start, "Types are nested to a depth of " + MAX_DEPTH + ", and not deeper", null);
            }
            type = types.createArrayType(types.enforceTypeWithNullability(type, true), -1);
        }
        return type;
    }

    private RelDataType named(String word, int start, int depth) throws NoTypeException {
        return switch (word) {
            case "BOOLEAN", "BOOL" -> types.createSqlType(SqlTypeName.BOOLEAN);
            case "TINYINT" -> types.createSqlType(SqlTypeName.TINYINT);
            case "SMALLINT" -> types.createSqlType(SqlTypeName.SMALLINT);
            case "INTEGER", "INT" -> types.createSqlType(SqlTypeName.INTEGER);
            case "BIGINT" -> types.createSqlType(SqlTypeName.BIGINT);
            case "DECIMAL", "DEC", "NUMERIC" -> decimal();
            case "REAL" -> types.createSqlType(SqlTypeName.REAL);
            case "FLOAT" -> types.createSqlType(SqlTypeName.FLOAT);
            case "DOUBLE" -> {
                scanner.accept("PRECISION");
                yield types.createSqlType(SqlTypeName.DOUBLE);
            }
            case "STRING", "TEXT" -> types.createSqlType(SqlTypeName.VARCHAR);
            case "BYTES" -> types.createSqlType(SqlTypeName.VARBINARY);
            case "VARCHAR" -> sized(SqlTypeName.VARCHAR);
            case "VARBINARY" -> sized(SqlTypeName.VARBINARY);
            case "CHAR", "CHARACTER" -> sized(scanner.accept("VARYING") ? SqlTypeName.VARCHAR : SqlTypeName.CHAR);
            case "BINARY" -> sized(scanner.accept("VARYING") ? SqlTypeName.VARBINARY : SqlTypeName.BINARY);
            case "UUID" -> types.createSqlType(SqlTypeName.UUID);
            case "DATE" -> types.createSqlType(SqlTypeName.DATE);
            case "TIME" -> time(SqlTypeName.TIME, null, start);
            case "TIMESTAMP" -> time(SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, start);
            case "INTERVAL" -> interval();
            case "ARRAY" -> array(depth);
            case "MAP" -> map(depth);
            case "ROW" -> row(depth);
            default -> {
                int end = Math.max(scanner.position(), start + word.length());
                String shown = word.isEmpty() ? "" : "'" + scanner.between(start, end) + "' ";
                throw new NoTypeException(
                        start, shown.isEmpty() ? "A type is missing" : shown + "is no type", TYPES_HINT);
            }
        };
    }

    private RelDataType decimal() throws NoTypeException {
        if (!scanner.accept('(')) {
            return types.createSqlType(SqlTypeName.DECIMAL, max(SqlTypeName.DECIMAL), 0);
        }
        int precision = number(1, max(SqlTypeName.DECIMAL), "The digits of a DECIMAL are");
        int scale = scanner.accept(',') ? number(0, precision, "Of them, the digits after the point are") : 0;
        close(')');
        return types.createSqlType(SqlTypeName.DECIMAL, precision, scale);
    }

    private RelDataType sized(SqlTypeName name) throws NoTypeException {
        if (!scanner.accept('(')) {
            return types.createSqlType(name);
        }
        int length = number(1, max(name), "The length of " + name + " is");
        close(')');
        return types.createSqlType(name, length);
    }

    private RelDataType time(SqlTypeName local, @Nullable SqlTypeName instant, int start) throws NoTypeException {
        int precision = types.getTypeSystem().getDefaultPrecision(local);
        if (scanner.accept('(')) {
            precision = number(0, max(local), "The digits of the seconds of " + local + " are");
            close(')');
        }
        if (instant != null && scanner.accept("WITH", "LOCAL", "TIME", "ZONE")) {
            return types.createSqlType(instant, precision);
        }
        if (scanner.accept("WITH")) {
            throw new NoTypeException(
                    start,
                    local + " with a time zone is no type",
                    "a point in time is a TIMESTAMP WITH LOCAL TIME ZONE, whatever zone it was written in");
        }
        scanner.accept("WITHOUT", "TIME", "ZONE");
        return types.createSqlType(local, precision);
    }

    private RelDataType interval() throws NoTypeException {
        int start = scanner.position();
        TimeUnit from = unit(start);
        int precision = RelDataType.PRECISION_NOT_SPECIFIED;
        int fraction = RelDataType.PRECISION_NOT_SPECIFIED;
        if (scanner.accept('(')) {
            precision = number(1, MAX_INTERVAL_PRECISION, "The digits of an interval are");
            fraction = from == TimeUnit.SECOND && scanner.accept(',') ? fraction() : fraction;
            close(')');
        }
        TimeUnit to = scanner.accept("TO") ? unit(start) : null;
        if (to == TimeUnit.SECOND && scanner.accept('(')) {
            fraction = fraction();
            close(')');
        }
        boolean isOrdered = to == null || (isDayTime(from) == isDayTime(to) && from.compareTo(to) < 0);
        if (!isOrdered) {
            throw new NoTypeException(
                    start,
                    "An interval goes from YEAR TO MONTH, or from one to a smaller one of DAY, HOUR, MINUTE and "
                            + "SECOND",
                    null);
        }
        return types.createSqlIntervalType(new SqlIntervalQualifier(from, precision, to, fraction, SqlParserPos.ZERO));
    }

    private int fraction() throws NoTypeException {
        return number(0, 6, "The digits of the seconds of an interval are");
    }

    private static boolean isDayTime(TimeUnit unit) {
        return unit != TimeUnit.YEAR && unit != TimeUnit.MONTH;
    }

    private TimeUnit unit(int start) throws NoTypeException {
        return switch (scanner.word()) {
            case "YEAR" -> TimeUnit.YEAR;
            case "MONTH" -> TimeUnit.MONTH;
            case "DAY" -> TimeUnit.DAY;
            case "HOUR" -> TimeUnit.HOUR;
            case "MINUTE" -> TimeUnit.MINUTE;
            case "SECOND" -> TimeUnit.SECOND;
            default ->
                throw new NoTypeException(
                        start,
                        "An interval is one of YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, or from one TO another",
                        "for example: INTERVAL YEAR TO MONTH, INTERVAL DAY TO SECOND");
        };
    }

    private RelDataType array(int depth) throws NoTypeException {
        open('<');
        RelDataType element = nullable(depth + 1);
        close('>');
        return types.createArrayType(element, -1);
    }

    private RelDataType map(int depth) throws NoTypeException {
        open('<');
        RelDataType key = types.enforceTypeWithNullability(nullable(depth + 1), false);
        if (!scanner.accept(',')) {
            throw new NoTypeException(scanner.position(), "A map has two types", "for example: MAP<STRING, INT>");
        }
        RelDataType value = nullable(depth + 1);
        close('>');
        return types.createMapType(key, value);
    }

    private RelDataType row(int depth) throws NoTypeException {
        char closing = scanner.accept('<') ? '>' : ')';
        if (closing == ')') {
            open('(');
        }
        // The kind of struct whose fields are named column.field, without the relation before them.
        RelDataTypeFactory.Builder row = types.builder().kind(StructKind.PEEK_FIELDS_NO_EXPAND);
        Set<String> names = new HashSet<>();
        do {
            int start = scanner.position();
            String name = scanner.name();
            if (name == null) {
                throw new NoTypeException(
                        start,
                        "A field of a ROW is written name TYPE [NOT NULL]",
                        "for example: ROW(id INT, name STRING)");
            }
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new NoTypeException(start, "Field '" + name + "' is named twice", null);
            }
            row.add(name, nullable(depth + 1));
        } while (scanner.accept(','));
        close(closing);
        return row.build();
    }

    private void open(char bracket) throws NoTypeException {
        expect(bracket, "for example: ARRAY<STRING>, MAP<STRING, INT>, ROW(id INT, name STRING)");
    }

    private void close(char bracket) throws NoTypeException {
        expect(bracket, null);
    }

    private void expect(char bracket, @Nullable String hint) throws NoTypeException {
        int start = scanner.position();
        if (!scanner.accept(bracket)) {
            throw new NoTypeException(start, "Here a '" + bracket + "' is missing", hint);
        }
    }

    private int number(int min, int max, String what) throws NoTypeException {
        int start = scanner.position();
        int number = scanner.number();
        if (number < min || number > max) {
            throw new NoTypeException(start, what + " a number from " + min + " to " + max, null);
        }
        return number;
    }

    private int max(SqlTypeName name) {
        return types.getTypeSystem().getMaxPrecision(name);
    }
}
