package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.database.PostgresDialect;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SourceStatementsTest {

    private static final SourceStatements STATEMENTS = new SourceStatements(new PostgresDialect());
    private static final TableName TABLE = new TableName("s", "t\"x");
    private static final TableColumn ID = new TableColumn("id", "bigserial", Types.BIGINT, 19, 0, false, true);
    private static final TableColumn DAY = new TableColumn("Day", "date", Types.DATE, 13, 0, true, false);

    @Test
    void shouldPageInKeyOrder() {
        assertThat(STATEMENTS.page(TABLE, List.of("\"n\""), "", List.of(ID), true, 5))
                .isEqualTo("SELECT \"n\" FROM \"s\".\"t\"\"x\" AS r ORDER BY r.\"id\" FETCH FIRST 5 ROWS ONLY");
        assertThat(STATEMENTS.page(TABLE, List.of("\"n\""), "", List.of(DAY, ID), false, 5))
                .isEqualTo(
                        "SELECT \"n\" FROM \"s\".\"t\"\"x\" AS r WHERE (\"Day\", \"id\") > (CAST(? AS \"date\"), CAST(? AS int8))"
                                + " AND \"Day\" IS NOT NULL ORDER BY r.\"Day\", r.\"id\" FETCH FIRST 5 ROWS ONLY");
    }

    @Test
    void shouldReadOnlyWhatMeetsACondition() {
        assertThat(STATEMENTS.select(TABLE, List.of("\"n\""), "(a OR b)"))
                .isEqualTo("SELECT \"n\" FROM \"s\".\"t\"\"x\" AS r WHERE (a OR b)");
        assertThat(STATEMENTS.page(TABLE, List.of("\"n\""), "(a OR b)", List.of(ID), true, 5))
                .endsWith(" AS r WHERE (a OR b) ORDER BY r.\"id\" FETCH FIRST 5 ROWS ONLY");
        assertThat(STATEMENTS.tail(TABLE, List.of("\"n\""), "(a OR b)", DAY, false))
                .endsWith(
                        " WHERE \"Day\" > CAST(? AS \"date\") AND \"Day\" IS NOT NULL AND (a OR b) ORDER BY r.\"Day\"");
    }
}
