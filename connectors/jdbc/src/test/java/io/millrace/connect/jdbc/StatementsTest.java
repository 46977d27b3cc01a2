package io.millrace.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

final class StatementsTest {

    private static final Dialect POSTGRES = new PostgresDialect();
    private static final Statements STATEMENTS = new Statements(POSTGRES);
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

    @Test
    void shouldWriteRows() {
        TableName table = new TableName(null, "t");
        assertThat(STATEMENTS.insert(table, List.of("a", "b")))
                .isEqualTo("INSERT INTO \"t\" (\"a\", \"b\") VALUES (?, ?)");
        assertThat(STATEMENTS.upsert(table, List.of("a", "b"), List.of("a")))
                .isEqualTo(
                        "INSERT INTO \"t\" (\"a\", \"b\") VALUES (?, ?) ON CONFLICT (\"a\") DO UPDATE SET \"b\" = EXCLUDED.\"b\"");
        assertThat(STATEMENTS.upsert(table, List.of("a"), List.of("a")))
                .isEqualTo("INSERT INTO \"t\" (\"a\") VALUES (?) ON CONFLICT (\"a\") DO NOTHING");
        assertThat(STATEMENTS.delete(table, List.of("a", "b")))
                .isEqualTo("DELETE FROM \"t\" WHERE \"a\" = ? AND \"b\" = ?");
        assertThat(STATEMENTS.create(table, List.of("\"a\" text NOT NULL"), List.of("a")))
                .isEqualTo("CREATE TABLE IF NOT EXISTS \"t\" (\"a\" text NOT NULL, PRIMARY KEY (\"a\"))");
    }

    @Test
    void shouldNameTheTypeOfEachSchema() {
        Schema decimal =
                Decimal.builder(2).parameter("connect.decimal.precision", "9").build();
        assertThat(List.of(
                                Schema.BOOLEAN_SCHEMA,
                                Schema.INT8_SCHEMA,
                                Schema.INT16_SCHEMA,
                                Schema.INT32_SCHEMA,
                                Schema.INT64_SCHEMA,
                                Schema.FLOAT32_SCHEMA,
                                Schema.FLOAT64_SCHEMA,
                                decimal,
                                Decimal.schema(2),
                                Schema.STRING_SCHEMA,
                                Schema.BYTES_SCHEMA,
                                Date.SCHEMA,
                                Time.SCHEMA,
                                Timestamp.SCHEMA)
                        .stream()
                        .map(POSTGRES::typeFor))
                .containsExactly(
                        "boolean",
                        "smallint",
                        "smallint",
                        "integer",
                        "bigint",
                        "real",
                        "double precision",
                        "numeric(9, 2)",
                        "numeric",
                        "text",
                        "bytea",
                        "date",
                        "time(3)",
                        "timestamp(3)");
        assertThat(POSTGRES.typeFor(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                        .build()))
                .isNull();
    }

    @Test
    void shouldTellWhatAnErrorCallsFor() {
        for (String state : List.of("08006", "08001", "57P01", "57P03", "53300", "40001", "40P01", "55P03")) {
            assertThat(POSTGRES.fault(new SQLException("x", state))).as(state).isEqualTo(Fault.AWAY);
        }
        for (String state : List.of("22001", "22003", "23505", "23502", "21000", "P0001")) {
            assertThat(POSTGRES.fault(new SQLException("x", state))).as(state).isEqualTo(Fault.DATA);
        }
        for (String state : List.of("28P01", "3D000", "42P01", "42501", "42804")) {
            assertThat(POSTGRES.fault(new SQLException("x", state))).as(state).isEqualTo(Fault.SETUP);
        }
        assertThat(POSTGRES.fault(new SQLTransientConnectionException("x"))).isEqualTo(Fault.AWAY);
        SQLException batch = new SQLException("batch", "22000");
        batch.setNextException(new SQLException("away", "08006"));
        assertThat(POSTGRES.fault(batch)).isEqualTo(Fault.AWAY);
        assertThat(Fault.message(batch)).isEqualTo("away");
    }

    @Test
    void shouldReadTableNames() {
        assertThat(TableName.parse("table", "a")).isEqualTo(new TableName(null, "a"));
        assertThat(TableName.parse("table", "S.a_b")).isEqualTo(new TableName("S", "a_b"));
        assertThat(TableName.parse("table", "\"a.b\".\"c\"\"d\"")).isEqualTo(new TableName("a.b", "c\"d"));
    }
}
