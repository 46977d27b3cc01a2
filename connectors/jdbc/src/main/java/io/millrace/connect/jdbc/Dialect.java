package io.millrace.connect.jdbc;

import io.millrace.connect.common.ColumnType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one database does in its own way. Statements that standard SQL knows are made by {@link Statements}; a dialect says how names
 * are quoted, what types are called, and the few clauses that no two databases share.
 */
interface Dialect {

    /** The dialects there are. */
    List<Dialect> ALL = List.of(new PostgresDialect());

    /** How connection URLs begin. */
    String urlPrefix();

    /** The JDBC driver; made here, since a driver manager does not see the drivers of a plugin. */
    Driver driver();

    /** Settings that a connection needs; a URL's own parameters go before them. */
    Map<String, String> connectionProperties();

    /** Statements for a new connection; times in text have to be UTC afterwards. */
    List<String> sessionSetup();

    /** The schemas that a table without a schema is looked for in, in their order. */
    List<String> searchPath(Connection connection) throws SQLException;

    /** An identifier, quoted. */
    String quote(String identifier);

    /** The longest identifier in bytes of UTF-8. */
    int maxIdentifierBytes();

    /** Which kind of value a column holds. */
    ColumnFamily family(TableColumn column);

    /** The type that a column is read as when nobody lists the columns; null when there is none. */
    @Nullable
    ColumnType columnType(TableColumn column);

    /** The type of a new table's column for this schema; null when there is none. */
    @Nullable
    String typeFor(Schema schema);

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

    /** A parameter that takes a text and gives a value of the column's type. */
    String parameterFromText(TableColumn column);

    /** What goes behind an INSERT so that a row whose key is there already replaces that one. */
    String replaceOnConflict(List<String> keyColumns, List<String> otherColumns);

    /** What goes behind an INSERT so that it does nothing for a row whose key is there already. */
    String ignoreOnConflict();

    /** Sets a parameter to a Connect value, which is going into {@code column}. */
    void bind(PreparedStatement statement, int index, Schema schema, TableColumn column, @Nullable Object value)
            throws SQLException;

    /** What an error calls for. */
    Fault fault(SQLException error);

    /** Whether an error says that a table is there already, or is being made by somebody else. */
    boolean isAlreadyThere(SQLException error);

    /** The dialect for a connection URL; null when there is none. */
    static @Nullable Dialect of(String url) {
        return ALL.stream()
                .filter(dialect -> url.startsWith(dialect.urlPrefix()))
                .findFirst()
                .orElse(null);
    }
}
