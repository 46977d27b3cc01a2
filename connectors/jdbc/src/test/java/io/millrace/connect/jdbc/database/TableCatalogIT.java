package io.millrace.connect.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.TestDatabase;
import io.millrace.connect.jdbc.TestMariaDb;
import io.millrace.connect.jdbc.TestPostgres;
import io.millrace.connect.jdbc.TestSqlite;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each database's metadata says of tables. */
@Timeout(120)
final class TableCatalogIT {

    @Test
    void shouldFindTablesInPostgres() throws SQLException {
        try (TestDatabase database = new TestPostgres()) {
            database.run(
                    "CREATE TABLE \"Order Lines\" (id bigserial PRIMARY KEY, \"No\" int NOT NULL, amount numeric(9,2), UNIQUE (\"No\"))",
                    "CREATE VIEW v AS SELECT 1 AS one");
            shouldFindTables(database, "public");
        }
    }

    @Test
    void shouldFindTablesInMariaDb() throws SQLException {
        try (TestDatabase database = new TestMariaDb()) {
            database.run(
                    "CREATE TABLE `Order Lines` (id bigint AUTO_INCREMENT PRIMARY KEY, `No` int NOT NULL, amount decimal(9,2), UNIQUE (`No`))",
                    "CREATE VIEW v AS SELECT 1 AS one");
            shouldFindTables(database, "shop");
        }
    }

    @Test
    void shouldFindTablesInSqlite() throws SQLException {
        try (TestDatabase database = new TestSqlite()) {
            database.run(
                    "CREATE TABLE \"Order Lines\" (id integer PRIMARY KEY NOT NULL, \"No\" int NOT NULL, amount decimal(9,2), UNIQUE (\"No\"))",
                    "CREATE VIEW v AS SELECT 1 AS one");
            shouldFindTables(database, null);
        }
    }

    private static void shouldFindTables(TestDatabase server, String schema) throws SQLException {
        Dialect dialect = Dialects.of(server.url());
        try (Connection connection = server.connect()) {
            TableCatalog catalog = new TableCatalog(connection, dialect);
            Table table = catalog.find(new TableName(null, "order lines")).orElseThrow();
            assertThat(table.name()).isEqualTo(new TableName(schema, "Order Lines"));
            assertThat(table.columns().stream().map(TableColumn::name)).containsExactly("id", "No", "amount");
            assertThat(table.columns().stream().map(TableColumn::nullable)).containsExactly(false, false, true);
            assertThat(table.uniqueKeys()).containsExactlyInAnyOrder(List.of("id"), List.of("No"));
            assertThat(table.columns().stream().map(column -> String.valueOf(dialect.columnType(column))))
                    .element(2)
                    .isEqualTo("DECIMAL(9, 2)");
            assertThat(catalog.find(new TableName(null, "v"))).isPresent();
            assertThat(catalog.find(new TableName(null, "w"))).isEmpty();
            assertThat(catalog.tablesLike(new TableName(null, "ordr lines"))).isEqualTo("did you mean 'Order Lines'?");
        }
        assertThat(server.rows("SELECT * FROM " + dialect.name(new TableName(schema, "Order Lines"))))
                .isEmpty();
    }
}
