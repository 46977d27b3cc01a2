package io.millrace.engine.aggregate;

import io.millrace.engine.sql.SqlDialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** A type, its values, and the order that SQL gives them, written down without any thought of bytes. */
record TypedValues(RelDataType type, Arbitrary<Object> values, Comparator<Object> order) {

    private static final RelDataTypeFactory TYPES = SqlDialect.types();

    static List<TypedValues> scalars() {
        return List.of(
                new TypedValues(
                        type(SqlTypeName.BOOLEAN), Arbitraries.of(true, false).asGeneric(), natural()),
                whole(SqlTypeName.TINYINT, Arbitraries.bytes().asGeneric()),
                whole(SqlTypeName.SMALLINT, Arbitraries.shorts().asGeneric()),
                whole(SqlTypeName.INTEGER, Arbitraries.integers().asGeneric()),
                whole(SqlTypeName.BIGINT, Arbitraries.longs().asGeneric()),
                whole(SqlTypeName.DATE, Arbitraries.integers().asGeneric()),
                whole(
                        SqlTypeName.TIME,
                        Arbitraries.integers().between(0, 86_399_999).asGeneric()),
                whole(SqlTypeName.TIMESTAMP, Arbitraries.longs().asGeneric()),
                whole(
                        SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                        Arbitraries.longs().asGeneric()),
                new TypedValues(
                        TYPES.createSqlIntervalType(
                                new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO)),
                        Arbitraries.longs().asGeneric(),
                        natural()),
                new TypedValues(
                        TYPES.createSqlIntervalType(
                                new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO)),
                        Arbitraries.integers().asGeneric(),
                        natural()),
                new TypedValues(
                        type(SqlTypeName.REAL),
                        Arbitraries.oneOf(
                                        Arbitraries.floats(),
                                        Arbitraries.integers().map(Float::intBitsToFloat),
                                        Arbitraries.of(0.0f, -0.0f, Float.NaN, Float.NEGATIVE_INFINITY))
                                .asGeneric(),
                        Comparator.comparing(value -> (Float) value + 0.0f)),
                new TypedValues(
                        type(SqlTypeName.DOUBLE),
                        Arbitraries.oneOf(
                                        Arbitraries.doubles(),
                                        Arbitraries.longs().map(Double::longBitsToDouble),
                                        Arbitraries.of(0.0, -0.0, Double.NaN, 1 / 0.0, -1 / 0.0, Double.MIN_VALUE))
                                .asGeneric(),
                        Comparator.comparing(value -> (Double) value + 0.0)),
                new TypedValues(TYPES.createSqlType(SqlTypeName.DECIMAL, 38, 10), decimals(), natural()),
                new TypedValues(
                        type(SqlTypeName.VARCHAR),
                        texts(),
                        Comparator.comparing(TypedValues::codePoints, lexicographic(natural()))),
                new TypedValues(
                        type(SqlTypeName.VARBINARY),
                        binaries(),
                        Comparator.comparing(value -> ((ByteString) value).getBytes(), Arrays::compareUnsigned)),
                new TypedValues(
                        TYPES.createSqlType(SqlTypeName.UUID),
                        Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                                .as(UUID::new)
                                .asGeneric(),
                        Comparator.comparing(Object::toString)));
    }

    /** Arrays, multisets, maps and rows of the scalars, and of each other. */
    static List<TypedValues> nested() {
        List<TypedValues> nested = new ArrayList<>();
        for (TypedValues scalar : scalars()) {
            nested.add(scalar.inArray());
        }
        TypedValues whole = whole(
                SqlTypeName.INTEGER, Arbitraries.integers().between(-3, 300).asGeneric());
        TypedValues text = scalars().get(14);
        nested.add(whole.inArray().inArray());
        nested.add(text.inMultiset());
        nested.add(text.inRowWith(whole));
        nested.add(text.inRowWith(whole).inArray());
        nested.add(whole.inMapTo(text));
        return nested;
    }

    TypedValues inArray() {
        return new TypedValues(
                TYPES.createArrayType(TYPES.createTypeWithNullability(type, true), -1),
                values.injectNull(0.2).list().ofMaxSize(4).asGeneric(),
                Comparator.comparing(value -> (List<?>) value, lexicographic(Comparator.nullsLast(order))));
    }

    private TypedValues inMultiset() {
        return new TypedValues(
                TYPES.createMultisetType(type, -1),
                values.list().ofMaxSize(4).asGeneric(),
                Comparator.comparing(
                        value -> ((Collection<?>) value).stream().sorted(order).toList(), lexicographic(order)));
    }

    private TypedValues inRowWith(TypedValues second) {
        return new TypedValues(
                TYPES.builder()
                        .add("a", TYPES.createTypeWithNullability(type, true))
                        .add("b", TYPES.createTypeWithNullability(second.type, true))
                        .build(),
                Combinators.combine(values.injectNull(0.2), second.values.injectNull(0.2))
                        .as((a, b) -> new Object[] {a, b})
                        .asGeneric(),
                Comparator.comparing((Object value) -> ((Object[]) value)[0], Comparator.nullsLast(order))
                        .thenComparing(value -> ((Object[]) value)[1], Comparator.nullsLast(second.order)));
    }

    private TypedValues inMapTo(TypedValues mapped) {
        Comparator<Map.Entry<?, ?>> entries = Comparator.<Map.Entry<?, ?>, Object>comparing(Map.Entry::getKey, order)
                .thenComparing(Map.Entry::getValue, mapped.order);
        return new TypedValues(
                TYPES.createMapType(type, mapped.type),
                Arbitraries.maps(values, mapped.values).ofMaxSize(4).asGeneric(),
                Comparator.comparing(
                        value -> ((Map<?, ?>) value)
                                .entrySet().stream().sorted(entries).toList(),
                        lexicographic(
                                (left, right) -> entries.compare((Map.Entry<?, ?>) left, (Map.Entry<?, ?>) right))));
    }

    private static RelDataType type(SqlTypeName name) {
        return TYPES.createSqlType(name);
    }

    private static TypedValues whole(SqlTypeName name, Arbitrary<Object> values) {
        return new TypedValues(type(name), values, natural());
    }

    private static Arbitrary<Object> decimals() {
        return Combinators.combine(
                        Arbitraries.bigIntegers().between(BigInteger.TEN.pow(27).negate(), BigInteger.TEN.pow(27)),
                        Arbitraries.integers().between(0, 10))
                .as((unscaled, scale) -> (Object) new BigDecimal(unscaled, scale));
    }

    private static Arbitrary<Object> texts() {
        return Arbitraries.strings()
                .withChars(
                        '\0', 'a', 'b', '\u007f', '\u0080', '\u07ff', '\u0800', '\ud83d', '\ude00', '\udfff', '\uffff')
                .ofMaxLength(6)
                .asGeneric();
    }

    private static Arbitrary<Object> binaries() {
        return Arbitraries.of((byte) 0, (byte) 1, (byte) -1, (byte) 127, (byte) -128)
                .list()
                .ofMaxSize(5)
                .map(list -> {
                    byte[] bytes = new byte[list.size()];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = list.get(i);
                    }
                    return new ByteString(bytes);
                });
    }

    private static List<?> codePoints(Object text) {
        return ((String) text).codePoints().boxed().toList();
    }

    private static Comparator<List<?>> lexicographic(Comparator<Object> elements) {
        return (left, right) -> {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                int compared = elements.compare(left.get(i), right.get(i));
                if (compared != 0) {
                    return compared;
                }
            }
            return Integer.compare(left.size(), right.size());
        };
    }

    @SuppressWarnings("unchecked") // The values of one type are comparable among themselves.
    private static Comparator<Object> natural() {
        return (left, right) -> ((Comparable<Object>) left).compareTo(right);
    }
}
