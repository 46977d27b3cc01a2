package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.database.PostgresDialect;
import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

final class SinkStatementsTest {

    private static final SinkDialect POSTGRES = SinkDialect.of(new PostgresDialect());
    private static final SinkStatements STATEMENTS = new SinkStatements(POSTGRES);

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
        assertThat(STATEMENTS.create(table, List.of("\"a\" text NOT NULL"), List.of("a"), ""))
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
                .isEqualTo("jsonb");
    }
}
