package io.millrace.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.row.Row;
import io.millrace.engine.sql.SqlDialect;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.calcite.sql.type.SqlTypeName;
import org.joou.UInteger;
import org.joou.ULong;
import org.junit.jupiter.api.Test;

final class OrderedBytesTest {

    private static final List<TypedValues> ALL = Stream.concat(
                    TypedValues.scalars().stream(), TypedValues.nested().stream())
            .toList();

    private record Column(TypedValues of, boolean isDescending, boolean isNullsFirst) {

        Comparator<Object> order() {
            Comparator<Object> order = isDescending ? of.order().reversed() : of.order();
            return isNullsFirst ? Comparator.nullsFirst(order) : Comparator.nullsLast(order);
        }

        byte[] encode(Object value) {
            return OrderedBytes.encode(of.type(), value, isDescending, isNullsFirst);
        }
    }

    private record Pair(Column column, Object left, Object right) {}

    private record Rows(List<Column> columns, List<Object> left, List<Object> right) {}

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void shouldOrderAsTheValuesDo(@ForAll("pairs") Pair pair) {
        // Given two values of one type
        Column column = pair.column();

        // When they are encoded
        int bytes = Arrays.compareUnsigned(column.encode(pair.left()), column.encode(pair.right()));

        // Then their bytes compare as they do
        assertThat(Integer.signum(bytes))
                .isEqualTo(Integer.signum(column.order().compare(pair.left(), pair.right())));
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void shouldReadBackWhatWasWritten(@ForAll("pairs") Pair pair) {
        // Given a value
        Column column = pair.column();

        // When it is encoded and decoded
        Object decoded = OrderedBytes.decode(
                column.of().type(), column.encode(pair.left()), column.isDescending(), column.isNullsFirst());

        // Then it is an equal value of the same class
        assertThat(column.order().compare(decoded, pair.left())).isZero();
        if (decoded != null && !(decoded instanceof List)) {
            assertThat(decoded.getClass().isInstance(pair.left())
                            || pair.left().getClass().isInstance(decoded)
                            || decoded instanceof java.util.Map)
                    .isTrue();
        }
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void shouldOrderKeysOfManyColumnsAsTheRows(@ForAll("rows") Rows rows) {
        // Given two rows and a key of all their columns
        OrderedKey key = key(rows.columns());
        Object[] left = rows.left().toArray();
        Object[] right = rows.right().toArray();

        // When their keys are made
        byte[] leftKey = key.write(Row.of(left));
        byte[] rightKey = key.write(Row.of(right));

        // Then the keys compare as the rows do, the first column before the second, and are read back
        int expected = 0;
        for (int i = 0; i < left.length && expected == 0; i++) {
            expected = rows.columns().get(i).order().compare(left[i], right[i]);
        }
        assertThat(Integer.signum(Arrays.compareUnsigned(leftKey, rightKey))).isEqualTo(Integer.signum(expected));
        assertThat(key.write(Row.of(key.read(leftKey)))).isEqualTo(leftKey);
    }

    @Test
    void shouldGiveEqualNumbersOfAnyWidthTheSameBytes() {
        // Given whole numbers of two widths
        var types = SqlDialect.types();

        // When both are encoded
        byte[] small = OrderedBytes.encode(types.createSqlType(SqlTypeName.INTEGER), -70_000, false, false);
        byte[] big = OrderedBytes.encode(types.createSqlType(SqlTypeName.BIGINT), -70_000L, false, false);

        // Then they are the same, whatever the nullability
        assertThat(small).isEqualTo(big);
    }

    @Test
    void shouldOrderUnsignedNumbers() {
        // Given numbers beyond what is signed
        var types = SqlDialect.types();
        var big = types.createSqlType(SqlTypeName.UBIGINT);
        var middle = types.createSqlType(SqlTypeName.UINTEGER);

        // When they are encoded, then they order as unsigned and come back
        byte[] one = OrderedBytes.encode(big, ULong.valueOf(1), false, false);
        byte[] most = OrderedBytes.encode(big, ULong.MAX, false, false);
        assertThat(Arrays.compareUnsigned(one, most)).isNegative();
        assertThat(OrderedBytes.decode(big, most, false, false)).isEqualTo(ULong.MAX);
        byte[] all = OrderedBytes.encode(middle, UInteger.MAX, true, false);
        assertThat(OrderedBytes.decode(middle, all, true, false)).isEqualTo(UInteger.MAX);
    }

    @Test
    void shouldRefuseWhatHasNoOrder() {
        assertThatThrownBy(() ->
                        OrderedBytes.encode(SqlDialect.types().createSqlType(SqlTypeName.GEOMETRY), "x", false, false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("GEOMETRY");
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return columns().flatMap(column -> {
            Arbitrary<Object> value = column.of().values().injectNull(0.05);
            return Combinators.combine(value, value).as((left, right) -> new Pair(column, left, right));
        });
    }

    @Provide
    Arbitrary<Rows> rows() {
        return columns().list().ofMinSize(1).ofMaxSize(4).flatMap(columns -> {
            List<Arbitrary<Object>> values = columns.stream()
                    .map(column -> column.of().values().injectNull(0.2))
                    .toList();
            Arbitrary<List<Object>> row = Combinators.combine(values).as(list -> list);
            // Rows that begin alike, so that the later columns come to matter.
            return Combinators.combine(row, row, Arbitraries.integers().between(0, columns.size()))
                    .as((left, right, common) -> new Rows(
                            columns,
                            left,
                            Stream.concat(
                                            left.stream().limit(common),
                                            right.stream().skip(common))
                                    .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new))));
        });
    }

    private static Arbitrary<Column> columns() {
        return Combinators.combine(Arbitraries.of(ALL), Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as(Column::new);
    }

    private static OrderedKey key(List<Column> columns) {
        List<OrderedKey.Column> of = new java.util.ArrayList<>();
        for (Column column : columns) {
            of.add(new OrderedKey.Column(of.size(), column.of().type(), column.isDescending(), column.isNullsFirst()));
        }
        return new OrderedKey(of);
    }
}
