package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import io.millrace.engine.sql.ColumnList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlainValuesTest {

    @Test
    void shouldMakeValuesOfEveryType() {
        assertThat(value("BOOLEAN", true)).isEqualTo(true);
        assertThat(value("TINYINT", 5)).isEqualTo((byte) 5);
        assertThat(value("INT", new BigDecimal("5"))).isEqualTo(5);
        assertThat(value("BIGINT", 5)).isEqualTo(5L);
        assertThat(value("DECIMAL(5, 2)", new BigDecimal("1.5"))).isEqualTo(new BigDecimal("1.50"));
        assertThat(value("DOUBLE", new BigDecimal("1.5"))).isEqualTo(1.5);
        assertThat(value("REAL", "0.1")).isEqualTo(0.1f);
        assertThat(value("STRING", 5)).isEqualTo("5");
        assertThat(value("BYTES", "0aff")).isEqualTo(new ByteString(new byte[] {10, -1}));
        assertThat(value("DATE", "2020-01-31")).isEqualTo(18_292);
        assertThat(value("TIME", "10:00:00.5")).isEqualTo(36_000_500);
        assertThat(value("TIMESTAMP", "2020-01-31 10:00:00.123")).isEqualTo(1_580_464_800_123L);
        assertThat(value("TIMESTAMP", 1_580_464_800_123L)).isEqualTo(1_580_464_800_123L);
        assertThat(value("TIMESTAMP(6)", "2020-01-31T10:00:00.123456Z")).isEqualTo(1_580_464_800_123_456L);
        assertThat(value("UUID", "123e4567-e89b-12d3-a456-426655440000"))
                .isEqualTo(UUID.fromString("123e4567-e89b-12d3-a456-426655440000"));
        assertThat(value("INTERVAL YEAR TO MONTH", "P1Y2M")).isEqualTo(14);
        assertThat(value("INTERVAL DAY TO SECOND", "PT1.5S")).isEqualTo(1_500L);
        assertThat(value("ARRAY<BIGINT>", Arrays.asList(1, null))).isEqualTo(Arrays.asList(1L, null));
        assertThat(value("MAP<INT, DATE>", Map.of("1", "1970-01-02"))).isEqualTo(Map.of(1, 1));
        assertThat((Object[]) value("ROW(a INT, b ROW(c DECIMAL(3, 1)), d INT)", Map.of("A", 1, "b", Map.of("c", 2))))
                .satisfies(row -> {
                    assertThat(row[0]).isEqualTo(1);
                    assertThat((Object[]) row[1]).containsExactly(new BigDecimal("2.0"));
                    assertThat(row[2]).isNull();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    INT           | 1.5
                    TINYINT       | 128
                    DECIMAL(5, 2) | 1.005
                    TIMESTAMP     | 2020-01-31 10:00:00.1234
                    DATE          | tomorrow
                    ARRAY<INT>    | 5
                    ROW(a INT)    | 5
                    BOOLEAN       | 1
                    BYTES         | 0g
                    """)
    void shouldSayWhichColumnAValueDoesNotFit(String type, String plain) {
        assertThatThrownBy(() -> value(type, plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + plain + "' is no value of column 'c', which is ");
    }

    @Test
    void shouldSayWhichFieldARowDoesNotHave() {
        assertThatThrownBy(() -> value("ROW(a INT)", Map.of("b", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("There is no field 'b'");
    }

    @Test
    void shouldTellValuesApart() {
        assertThat(PlainValues.isSame(new BigDecimal("1.0"), new BigDecimal("1.00")))
                .isTrue();
        assertThat(PlainValues.isSame(1, 1L)).isTrue();
        assertThat(PlainValues.isSame(0.5f, 0.7f)).isFalse();
        assertThat(PlainValues.isSame(Double.NaN, Double.NaN)).isTrue();
        assertThat(PlainValues.isSame(new Object[] {1, List.of(2)}, new Object[] {1, List.of(2)}))
                .isTrue();
        assertThat(PlainValues.isSame(new Object[] {1, List.of(2)}, new Object[] {1, List.of(3)}))
                .isFalse();
        assertThat(PlainValues.isSame(new Object[] {1}, new Object[] {1, 2})).isFalse();
        assertThat(PlainValues.isSame(Map.of("a", new Object[] {1}), Map.of("a", new Object[] {1})))
                .isTrue();
        assertThat(PlainValues.isSame(Map.of("a", 1), Map.of("b", 1))).isFalse();
        assertThat(PlainValues.isSame(null, 1)).isFalse();
        assertThat(PlainValues.isSame(null, null)).isTrue();
    }

    private static Object value(String type, Object plain) {
        List<Problem> problems = new ArrayList<>();
        RelDataTypeField column = ColumnList.read(
                        new Text("c " + type, List.of(new Location("p.yaml", 1, 1))), problems)
                .getFieldList()
                .get(0);
        assertThat(problems).isEmpty();
        return PlainValues.internal(column, plain);
    }
}
