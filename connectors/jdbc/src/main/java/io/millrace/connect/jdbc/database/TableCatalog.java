package io.millrace.connect.jdbc.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds tables and what they are made of in the database's metadata.
 *
 * @param connection whose database it is
 * @param dialect whose search path it has
 */
public record TableCatalog(Connection connection, Dialect dialect) {

    private static final String[] READABLE = {
        "TABLE", "BASE TABLE", "PARTITIONED TABLE", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE"
    };

    /** The table that {@code wanted} means: letter for letter, or else the only one that differs in case alone. */
    public Optional<Table> find(TableName wanted) throws SQLException {
        List<TableName> names = names(wanted);
        for (TableName name : names) {
            if (name.name().equals(wanted.name())) {
                return Optional.of(read(name));
            }
        }
        List<TableName> alike = names.stream()
                .filter(name -> name.name().equalsIgnoreCase(wanted.name()))
                .toList();
        return alike.size() == 1 ? Optional.of(read(alike.get(0))) : Optional.empty();
    }

    /** All tables and views of the search path, or of all schemas but the database's own. */
    public List<TableName> names(boolean isEverywhere) throws SQLException {
        List<@Nullable String> schemas = isEverywhere ? allSchemas() : dialect.searchPath(connection);
        List<TableName> names = new ArrayList<>();
        for (String schema : schemas) {
            names.addAll(namesIn(schema));
        }
        return names;
    }

    private List<@Nullable String> allSchemas() throws SQLException {
        List<@Nullable String> schemas = new ArrayList<>();
        if (dialect.hasSchemasAsCatalogs()) {
            try (ResultSet rows = metaData().getCatalogs()) {
                while (rows.next()) {
                    schemas.add(rows.getString("TABLE_CAT"));
                }
            }
        } else {
            try (ResultSet rows = metaData().getSchemas()) {
                while (rows.next()) {
                    schemas.add(rows.getString("TABLE_SCHEM"));
                }
            }
        }
        schemas.removeIf(schema -> schema != null && dialect.isOwnSchema(schema));
        return schemas.isEmpty() ? dialect.searchPath(connection) : schemas;
    }

    /** What there is where {@code wanted} is not, for a message. */
    public String tablesLike(TableName wanted) throws SQLException {
        List<TableName> names = names(wanted);
        List<String> texts = names.stream()
                .map(name -> wanted.schema() == null ? name.name() : name.toString())
                .toList();
        Optional<String> nearest = NearestName.of(wanted.toString(), texts);
        if (nearest.isPresent()) {
            return "did you mean '" + nearest.get() + "'?";
        }
        String where = schemas(wanted).stream()
                .map(schema -> schema == null ? "main" : schema)
                .collect(Collectors.joining(", "));
        if (where.isEmpty()) {
            return "no schema of the search path may be used by this user: grant it one, or name another as SCHEMA.TABLE";
        }
        return texts.isEmpty()
                ? "schema " + where + " has no tables that this user can see; SCHEMA.TABLE names one in another schema"
                : "schema " + where + " has "
                        + texts.stream().limit(20).collect(Collectors.joining(", "))
                        + (texts.size() > 20 ? ", and " + (texts.size() - 20) + " more" : "");
    }

    private List<@Nullable String> schemas(TableName wanted) throws SQLException {
        return wanted.schema() == null ? dialect.searchPath(connection) : List.of(wanted.schema());
    }

    private @Nullable String catalogOf(@Nullable String schema) throws SQLException {
        return dialect.hasSchemasAsCatalogs() ? schema : connection.getCatalog();
    }

    private @Nullable String schemaOf(@Nullable String schema) {
        return dialect.hasSchemasAsCatalogs() ? null : schema;
    }

    private List<TableName> names(TableName wanted) throws SQLException {
        List<TableName> names = new ArrayList<>();
        for (String schema : schemas(wanted)) {
            names.addAll(namesIn(schema));
        }
        return names;
    }

    private List<TableName> namesIn(@Nullable String schema) throws SQLException {
        List<TableName> names = new ArrayList<>();
        try (ResultSet rows = metaData().getTables(catalogOf(schema), pattern(schemaOf(schema)), "%", READABLE)) {
            while (rows.next()) {
                names.add(new TableName(schema, rows.getString("TABLE_NAME")));
            }
        }
        return names;
    }

    private Table read(TableName name) throws SQLException {
        List<TableColumn> columns = new ArrayList<>();
        try (ResultSet rows = metaData()
                .getColumns(catalogOf(name.schema()), pattern(schemaOf(name.schema())), pattern(name.name()), "%")) {
            while (rows.next()) {
                columns.add(column(rows));
            }
        }
        List<List<String>> keys = new ArrayList<>();
        List<String> primary = primaryKey(name);
        if (!primary.isEmpty()) {
            keys.add(primary);
        }
        for (List<String> key : uniqueIndexes(name)) {
            // An index over an expression has a column that the table has not.
            if (key.stream()
                            .allMatch(part -> columns.stream()
                                    .anyMatch(column -> column.name().equals(part)))
                    && !keys.contains(key)) {
                keys.add(key);
            }
        }
        return new Table(name, columns, keys);
    }

    private static TableColumn column(ResultSet rows) throws SQLException {
        int type = rows.getInt("DATA_TYPE");
        return new TableColumn(
                rows.getString("COLUMN_NAME"),
                rows.getString("TYPE_NAME"),
                type == Types.DISTINCT ? rows.getInt("SOURCE_DATA_TYPE") : type,
                rows.getInt("COLUMN_SIZE"),
                rows.getInt("DECIMAL_DIGITS"),
                rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                rows.getString("COLUMN_DEF") != null
                        || "YES".equals(rows.getString("IS_AUTOINCREMENT"))
                        || "YES".equals(rows.getString("IS_GENERATEDCOLUMN")));
    }

    private List<String> primaryKey(TableName name) throws SQLException {
        Map<Integer, String> parts = new TreeMap<>();
        try (ResultSet rows =
                metaData().getPrimaryKeys(catalogOf(name.schema()), schemaOf(name.schema()), name.name())) {
            while (rows.next()) {
                parts.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(parts.values());
    }

    private List<List<String>> uniqueIndexes(TableName name) throws SQLException {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        try (ResultSet rows =
                metaData().getIndexInfo(catalogOf(name.schema()), schemaOf(name.schema()), name.name(), true, false)) {
            while (rows.next()) {
                String index = rows.getString("INDEX_NAME");
                // An index with a condition says nothing of the rows outside of it.
                if (index != null && rows.getString("FILTER_CONDITION") == null) {
                    indexes.computeIfAbsent(index, key -> new ArrayList<>()).add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        return List.copyOf(indexes.values());
    }

    private DatabaseMetaData metaData() throws SQLException {
        return connection.getMetaData();
    }

    /** A name as a pattern that only it fits. */
    private @Nullable String pattern(@Nullable String name) throws SQLException {
        if (name == null) {
            return null;
        }
        String escape = metaData().getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }
}
