package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one database does in its own way. Statements that standard SQL knows are made by those who need them; a dialect says how names
 * are quoted, what types are called, and the few clauses that no two databases share.
 */
public interface Dialect {

    /** How connection URLs begin. */
    List<String> urlPrefixes();

    /** The JDBC driver; made here, since a driver manager does not see the drivers of a plugin. */
    Driver driver();

    /** The URL as the driver wants it. */
    default String driverUrl(String url) {
        return url;
    }

    /**
     * Settings that a connection needs; a URL's own parameters go before them.
     *
     * @param application the name that the database shows for the session
     */
    Map<String, String> connectionProperties(String application);

    /** Statements for a new connection; times in text have to be UTC afterwards. */
    List<String> sessionSetup();

    /** The schemas that a table without a schema is looked for in, in their order; null is the database's only one. */
    List<@Nullable String> searchPath(Connection connection) throws SQLException;

    /** Whether what a table's name has before its dot is what JDBC calls a catalog. */
    default boolean hasSchemasAsCatalogs() {
        return false;
    }

    /** Whether a schema is the database's, not its users'. */
    boolean isOwnSchema(String schema);

    /** What goes behind a query for its first rows alone. */
    default String firstRows(int count) {
        return " FETCH FIRST " + count + " ROWS ONLY";
    }

    /** An identifier, quoted. */
    String quote(String identifier);

    /** A table's name, quoted. */
    default String name(TableName table) {
        return table.schema() == null ? quote(table.name()) : quote(table.schema()) + "." + quote(table.name());
    }

    /** The longest identifier in bytes of UTF-8. */
    int maxIdentifierBytes();

    /** Which kind of value a column holds. */
    ColumnFamily family(TableColumn column);

    /** The type that a column is read as when nobody lists the columns; null when there is none. */
    @Nullable
    ColumnType columnType(TableColumn column);

    /** An expression's value as text. */
    String asText(String expression);

    /** Whether a column holds texts that need no cast to be compared as such. */
    boolean isPlainText(TableColumn column);

    /** Whether a column's texts are padded with blanks that do not count when they are compared. */
    boolean isPadded(TableColumn column);

    /** A text that is compared byte by byte, whatever its collation. */
    String byBytes(String text);

    /** A text as a literal. */
    String textLiteral(String text);

    /** A time as a literal: of no zone, or the same time UTC as a point in time. */
    String timestampLiteral(LocalDateTime time, boolean isInstant);

    /** About how many rows a table has, without counting them; -1 when it is not known. */
    long estimatedRows(Connection connection, TableName table) throws SQLException;

    /** What goes behind a table's name for a sample of about so many percent of its rows; null when there is none. */
    default @Nullable String sample(double percent) {
        return null;
    }

    /** What goes behind an ordered query for the one row that so many come before. */
    default String rowAfter(long skipped) {
        return " OFFSET " + skipped + " ROWS" + firstRows(1);
    }

    /** Whether a column holds values of its type only, and the driver refuses to read them as another. */
    default boolean isStrictlyTyped() {
        return true;
    }

    /** A column's value as rows are read, of the type that the column is known to have. */
    default String typed(TableColumn column, String expression) {
        return expression;
    }

    /** Whether queries are read fastest by PostgreSQL's binary COPY. */
    default boolean hasBinaryCopy() {
        return false;
    }

    /** Whether rows of columns can be compared with rows of values, and an index serves for it. */
    default boolean comparesRows() {
        return true;
    }

    /** A column's value as a place is kept: a whole number, or what {@link #parameterFromText} gives the value back from. */
    default String placeText(TableColumn column, String expression) {
        return switch (family(column)) {
            case WHOLE, TEXT -> expression;
            default -> asText(expression);
        };
    }

    /** A column's value as rows are ordered by it. */
    default String placeOrder(TableColumn column, String expression) {
        return expression;
    }

    /** What is true of the values that others can come behind; empty when it is true of all. */
    default String finite(TableColumn column, String expression) {
        return "";
    }

    /**
     * The transactions that run now and may still bring rows to a table; null when the database does not tell.
     *
     * @param table the table; null for any
     */
    default @Nullable Set<String> running(Connection connection, @Nullable TableName table) throws SQLException {
        return null;
    }

    /** A parameter that takes a text and gives a value of the column's type. */
    String parameterFromText(TableColumn column);

    /** Whether an error says that a table is not there, or has not the columns that a query asks for. */
    boolean isOfAnotherShape(SQLException error);

    /** What an error calls for. */
    Fault fault(SQLException error);
}
