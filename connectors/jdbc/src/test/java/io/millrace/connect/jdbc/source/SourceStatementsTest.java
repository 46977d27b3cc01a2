package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.MySqlDialect;
import io.millrace.connect.jdbc.database.PostgresDialect;
import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceStatementsTest {

    private static final TableColumn ID = new TableColumn("id", "bigserial", Types.BIGINT, 19, 0, false, true);
    private static final TableColumn DAY = new TableColumn("Day", "date", Types.DATE, 13, 0, true, false);

    private static SourceStatements statements(Dialect dialect, String condition, TableColumn... order) {
        Table table = new Table(new TableName("s", "t\"x"), List.of(ID, DAY), List.of());
        return new SourceStatements(dialect, new Relation(table, ""), List.of("n"), condition, List.of(order));
    }

    private static RowRange behind(String... place) {
        return new RowRange(RowRange.Bound.excluding(List.of(place)), null);
    }

    @Test
    void shouldPageInKeyOrder() {
        Dialect dialect = new PostgresDialect();
        assertThat(statements(dialect, "", ID).query(RowRange.ALL, 5).text())
                .isEqualTo("SELECT n FROM \"s\".\"t\"\"x\" r ORDER BY r.\"id\" FETCH FIRST 5 ROWS ONLY");
        Query page = statements(dialect, "(a OR b)", DAY, ID).query(behind("2020-01-01", "7"), 5);
        assertThat(page.text())
                .isEqualTo(
                        "SELECT n FROM \"s\".\"t\"\"x\" r WHERE (r.\"Day\", r.\"id\") > (CAST(? AS \"date\"), CAST(? AS int8))"
                                + " AND r.\"Day\" IS NOT NULL AND isfinite(r.\"Day\") AND (a OR b)"
                                + " ORDER BY r.\"Day\", r.\"id\" FETCH FIRST 5 ROWS ONLY");
        assertThat(page.parameters()).containsExactly("2020-01-01", "7");
        assertThat(page.inlined(dialect)).contains("(CAST('2020-01-01' AS \"date\"), CAST('7' AS int8))");
    }

    @Test
    void shouldWriteValuesAsLiteralsThatCannotEnd() {
        Query page = statements(new PostgresDialect(), "", DAY).query(behind("'; DROP TABLE t; --\\"), 5);
        assertThat(page.inlined(new PostgresDialect())).contains("CAST(E'''; DROP TABLE t; --\\\\' AS \"date\")");
    }

    @Test
    void shouldEndARangeWhereItEnds() {
        RowRange range = behind("3").to(RowRange.Bound.including(List.of("9")));
        assertThat(statements(new PostgresDialect(), "", ID).query(range, 0).text())
                .endsWith(" WHERE r.\"id\" > CAST(? AS int8) AND r.\"id\" <= CAST(? AS int8) ORDER BY r.\"id\"");
    }

    @Test
    void shouldBoundTheFirstColumnWhereRowsAreNotCompared() {
        TableColumn region = new TableColumn("region", "VARCHAR", Types.VARCHAR, 9, 0, false, false);
        TableColumn number = new TableColumn("no", "INT UNSIGNED", Types.INTEGER, 9, 0, false, false);
        Query page = statements(new MySqlDialect(), "", region, number).query(behind("x", "7"), 5);
        assertThat(page.text())
                .endsWith(
                        " WHERE r.`region` >= ? AND ((r.`region` > ?) OR (r.`region` = ? AND r.`no` > CAST(? AS UNSIGNED)))"
                                + " ORDER BY r.`region`, r.`no` LIMIT 5");
        assertThat(page.parameters()).containsExactly("x", "x", "x", "7");
    }
}
