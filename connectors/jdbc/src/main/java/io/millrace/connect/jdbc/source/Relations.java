package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableCatalog;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Finds what a configuration reads.
 *
 * @param config the configuration
 * @param database where it is
 */
record Relations(JdbcSourceConfig config, Database database) {

    /**
     * The table or query.
     *
     * @throws ConnectException when there is none
     */
    Relation find(Connection connection) throws SQLException {
        if (!config.query().isEmpty()) {
            return query(connection);
        }
        TableCatalog catalog = new TableCatalog(connection, database.dialect());
        TableName wanted = config.table();
        Table found = catalog.find(wanted).orElse(null);
        if (found == null) {
            throw new NoSuchTableException("There is no table '" + wanted + "' in "
                    + config.connection().place() + " that the user '"
                    + config.connection().user() + "' can see; " + catalog.tablesLike(wanted));
        }
        return new Relation(found, "");
    }

    /** A query's columns are those of its result; nothing tells its rows apart. */
    private Relation query(Connection connection) throws SQLException {
        String query = config.query().strip();
        String bare = query.endsWith(";") ? query.substring(0, query.length() - 1) : query;
        try (PreparedStatement statement = connection.prepareStatement(bare)) {
            ResultSetMetaData columns = statement.getMetaData();
            if (columns == null) {
                throw new ConnectException(SourceDefinition.QUERY + " gives no rows: it has to be a SELECT");
            }
            List<TableColumn> found = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                found.add(new TableColumn(
                        columns.getColumnLabel(i),
                        columns.getColumnTypeName(i),
                        columns.getColumnType(i),
                        columns.getPrecision(i),
                        columns.getScale(i),
                        // An outer join makes nulls of columns that have none.
                        true,
                        false));
            }
            return new Relation(new Table(new TableName(null, JdbcSourceConfig.QUERY_NAME), found, List.of()), bare);
        }
    }
}
