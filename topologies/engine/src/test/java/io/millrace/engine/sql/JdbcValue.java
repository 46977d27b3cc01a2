package io.millrace.engine.sql;

import io.millrace.engine.row.TimeResolution;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.ArrayFactoryImpl;
import org.apache.calcite.avatica.util.ArrayIteratorCursor;
import org.apache.calcite.avatica.util.Cursor;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Shows a value in Calcite's internal form as a JDBC result of one row and column, which is what Calcite's tests look at. */
final class JdbcValue {

    private static final long MICROS_OF_MILLI = 1_000;
    private static final TimeZone UTC = DateTimeUtils.UTC_ZONE;

    private JdbcValue() {}

    static ResultSet show(RelDataType type, Object value) {
        if (TimeResolution.isMicros(type)) {
            return value == null ? shown(milliseconds(type), null) : shown(milliseconds(type), inMillis(type, value));
        }
        return shown(type, value);
    }

    private static ResultSet shown(RelDataType type, Object value) {
        Cursor cursor = new ArrayIteratorCursor(
                Collections.singletonList(new Object[] {value}).iterator());
        Cursor.Accessor accessor = cursor.createAccessors(
                        List.of(column(type, 0)), java.util.Calendar.getInstance(UTC), new ArrayFactoryImpl(UTC))
                .get(0);
        ResultSetMetaData metaData = proxy(ResultSetMetaData.class, (method, arguments) -> switch (method.getName()) {
            case "getColumnType" -> type.getSqlTypeName().getJdbcOrdinal();
            case "getColumnCount" -> 1;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return proxy(ResultSet.class, (method, arguments) -> switch (method.getName()) {
            case "next" -> cursor.next();
            case "close" -> null;
            case "getMetaData" -> metaData;
            case "wasNull" -> cursor.wasNull();
            default -> {
                // The accessor has a method of the same name without the column before its arguments.
                Object[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
                Class<?>[] types = Arrays.copyOfRange(method.getParameterTypes(), 1, arguments.length);
                yield Cursor.Accessor.class.getMethod(method.getName(), types).invoke(accessor, rest);
            }
        });
    }

    private interface Call {
        Object apply(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return call.apply(method, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static ColumnMetaData column(RelDataType type, int ordinal) {
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                false,
                false,
                type.isNullable() ? 1 : 0,
                true,
                type.getPrecision(),
                "V",
                "V",
                null,
                type.getPrecision(),
                SqlTypeUtil.isInterval(type)
                        ? type.getIntervalQualifier()
                                .getFractionalSecondPrecision(SqlDialect.types().getTypeSystem())
                        : type.getScale(),
                null,
                null,
                avaticaType(type),
                true,
                false,
                false,
                avaticaType(type).columnClassName());
    }

    private static ColumnMetaData.AvaticaType avaticaType(RelDataType type) {
        int id = type.getSqlTypeName().getJdbcOrdinal();
        if (type.isStruct()) {
            List<ColumnMetaData> fields = new ArrayList<>();
            type.getFieldList().forEach(field -> fields.add(column(field.getType(), field.getIndex())));
            return ColumnMetaData.struct(fields);
        }
        ColumnMetaData.Rep rep = ColumnMetaData.Rep.of(SqlDialect.types().getJavaClass(type));
        if (type.getComponentType() != null) {
            return ColumnMetaData.array(avaticaType(type.getComponentType()), type.toString(), rep);
        }
        String name = SqlTypeUtil.isInterval(type)
                ? "INTERVAL_" + type.getIntervalQualifier().toString().replace(' ', '_')
                : type.getSqlTypeName() == SqlTypeName.MAP
                        ? type.toString()
                        : type.getSqlTypeName().getName();
        return ColumnMetaData.scalar(id, name, rep);
    }

    private static Object inMillis(RelDataType type, Object value) {
        long micros = (Long) value;
        if (micros % MICROS_OF_MILLI != 0) {
            throw new IllegalArgumentException("JDBC shows no microseconds: " + micros);
        }
        long millis = Math.floorDiv(micros, MICROS_OF_MILLI);
        return type.getSqlTypeName() == SqlTypeName.TIME ? (Object) (int) millis : (Object) millis;
    }

    private static RelDataType milliseconds(RelDataType type) {
        RelDataType millis = SqlDialect.types().createSqlType(type.getSqlTypeName(), 3);
        return SqlDialect.types().createTypeWithNullability(millis, type.isNullable());
    }
}
