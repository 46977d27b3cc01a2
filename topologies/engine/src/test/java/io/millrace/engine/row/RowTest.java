package io.millrace.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.sql.CompiledExpressions;
import io.millrace.engine.sql.RowContext;
import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

final class RowTest {

    /** A row that notes which of its columns have been asked for. */
    private record WatchedRow(Row row, List<Integer> read) implements Row {

        @Override
        public int size() {
            return row.size();
        }

        @Override
        public Object get(int column) {
            read.add(column);
            return row.get(column);
        }
    }

    @Test
    void shouldPutRowsSideBySide() {
        Row joined = Row.joined(Row.of(1, "a"), Row.nulls(2)).with(5L).pick(List.of(4, 1, 3));
        assertThat(joined.toArray()).containsExactly(5L, "a", null);
        assertThat(joined.hasNull(List.of(0, 1))).isFalse();
        assertThat(joined.hasNull(List.of(1, 2))).isTrue();
    }

    @Test
    void shouldBeTheSameByItsValues() {
        Row row = Row.of(new Object[] {1, null}, List.of("a"));
        assertThat(Row.isSame(row, Row.joined(Row.of((Object) new Object[] {1, null}), Row.of(List.of("a")))))
                .isTrue();
        assertThat(Row.isSame(row, row.pick(List.of(0)))).isFalse();
        assertThat(Row.isSame(row, Row.of(new Object[] {1, 2}, List.of("a")))).isFalse();
        assertThat(Row.isSame(row, null)).isFalse();
        assertThat(Row.isSame(null, null)).isTrue();
    }

    @Test
    void shouldNotChangeWhenItsArrayDoes() {
        Row row = Row.of(1, 2);
        row.toArray()[0] = 7;
        assertThat(row.get(0)).isEqualTo(1);
    }

    /** What reads a row from its bytes may leave those columns out that no expression wants. */
    @Test
    void shouldBeAskedOnlyForTheColumnsThatExpressionsRead() {
        // Given
        RexBuilder rex = new RexBuilder(SqlDialect.types());
        RelDataType rowType = SqlDialect.types()
                .builder()
                .add("a", SqlTypeName.INTEGER)
                .add("b", SqlTypeName.INTEGER)
                .add("c", SqlTypeName.INTEGER)
                .build();
        RelDataType integer = rowType.getFieldList().get(0).getType();
        RexNode sum = rex.makeCall(
                SqlStdOperatorTable.PLUS, rex.makeInputRef(integer, 2), rex.makeExactLiteral(java.math.BigDecimal.ONE));
        WatchedRow row = new WatchedRow(Row.of(1, 2, 3), new ArrayList<>());

        // When
        Row picked = CompiledExpressions.compile(rex, List.of(rex.makeInputRef(integer, 1)), rowType)
                .evaluate(new RowContext(), row);
        Row computed = CompiledExpressions.compile(rex, List.of(sum), rowType).evaluate(new RowContext(), row);

        // Then
        assertThat(computed.get(0)).isEqualTo(4);
        assertThat(row.read()).containsExactly(2);
        assertThat(picked.get(0)).isEqualTo(2);
        assertThat(row.read()).containsExactly(2, 1);
    }
}
