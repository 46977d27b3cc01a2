package io.millrace.connect.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnsTest {

    @Test
    void shouldReadNamesTypesAndNullability() {
        List<Column> columns = Columns.parse(
                "columns",
                "id BIGINT NOT NULL, \"a \"\"b\"\" c\" VARCHAR(20), price decimal(10, 2)  not null,\n x DOUBLE NULL");
        assertThat(columns)
                .extracting(Column::name, column -> column.type().toString(), Column::nullable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("id", "BIGINT", false),
                        org.assertj.core.groups.Tuple.tuple("a \"b\" c", "STRING", true),
                        org.assertj.core.groups.Tuple.tuple("price", "DECIMAL(10, 2)", false),
                        org.assertj.core.groups.Tuple.tuple("x", "DOUBLE", true));
        assertThat(Columns.parse("columns", " ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id|at character 1: expected a column as NAME TYPE [NOT NULL]",
                "id INT,|at character 8: expected a column",
                "id INT name STRING|at character 1: expected a column",
                "id NUMBER|column 'id' has the type NUMBER, which is not one",
                "id INT, ID STRING|column 'ID' is there twice"
            })
    void shouldSayWhereAListOfColumnsIsWrong(String text, String message) {
        assertThatThrownBy(() -> Columns.parse("columns", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldTakeTheKeyFromTheRow() {
        RowShape shape = RowShape.of(
                "p.flights-2", Columns.parse("columns", "iata STRING NOT NULL, city STRING"), List.of("IATA"));
        assertThat(shape.value().name()).isEqualTo("p_flights_2");
        Struct key = shape.keyOf(new Struct(shape.value()).put("iata", "SFO").put("city", "San Francisco"));
        assertThat(key).isNotNull();
        assertThat(key.schema().name()).isEqualTo("p_flights_2Key");
        assertThat(key.get("iata")).isEqualTo("SFO");
        assertThat(shape.value().field("city").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
    }

    @Test
    void shouldSayWhichKeyColumnIsNotAColumn() {
        List<Column> columns = Columns.parse("columns", "iata STRING");
        assertThatThrownBy(() -> RowShape.of("t", columns, List.of("id")))
                .hasMessageContaining("'id' is not a column; there are iata");
    }

    @ParameterizedTest
    @CsvSource({
        "2001-01-02 03:04:05, 2001-01-02T03:04:05Z",
        "2001-01-02T03:04:05.250, 2001-01-02T03:04:05.250Z",
        "2001-01-02T03:04:05Z, 2001-01-02T03:04:05Z",
        "2001-01-02T03:04:05+02:00, 2001-01-02T01:04:05Z",
        "2001-01-02 03:04:05-05:00, 2001-01-02T08:04:05Z"
    })
    void shouldReadTimestampsWithAndWithoutAZone(String text, String instant) throws BadValueException {
        Object value = new ColumnType(ColumnType.Kind.TIMESTAMP, 0, 0).fromText("at", text);
        assertThat(value).isEqualTo(Date.from(Instant.parse(instant)));
    }

    @ParameterizedTest
    @CsvSource({
        "TINYINT, 128",
        "INT, 1.5",
        "BIGINT, ten",
        "BOOLEAN, yes",
        "DATE, 2001-02-30",
        "TIME, 25:00:00",
        "BYTES, ***",
        "TIMESTAMP, yesterday"
    })
    void shouldSayWhichValueDoesNotFitItsColumn(ColumnType.Kind kind, String text) {
        assertThatThrownBy(() -> new ColumnType(kind, 0, 0).fromText("c", text))
                .isInstanceOf(BadValueException.class)
                .hasMessage("column 'c': '" + text + "' is not a " + kind);
    }

    @Test
    void shouldNeverDropDigitsOfADecimal() throws BadValueException {
        ColumnType type = new ColumnType(ColumnType.Kind.DECIMAL, 5, 2);
        assertThat(type.fromText("c", "12.5")).isEqualTo(new BigDecimal("12.50"));
        assertThatThrownBy(() -> type.fromText("c", "1.005")).hasMessage("column 'c': '1.005' is not a DECIMAL(5, 2)");
        assertThatThrownBy(() -> type.fromText("c", "12345")).hasMessage("column 'c': '12345' is not a DECIMAL(5, 2)");
        assertThatThrownBy(() -> type.fromText("c", "1e999999999"))
                .hasMessage("column 'c': '1e999999999' is not a DECIMAL(5, 2)");
    }
}
