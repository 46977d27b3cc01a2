package io.millrace.connect.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostgresDialectTest {

    private static final Dialect POSTGRES = new PostgresDialect();

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
