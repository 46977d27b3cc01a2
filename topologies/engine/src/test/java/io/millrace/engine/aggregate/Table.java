package io.millrace.engine.aggregate;

import io.millrace.engine.sql.SqlDialect;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** The relation that the tests aggregate: a column of each kind, all of which may be null. */
final class Table {

    static final int I = 0;
    static final int L = 1;
    static final int D = 2;
    static final int R = 3;
    static final int M = 4;
    static final int S = 5;
    static final int B = 6;
    static final int TS = 7;
    static final int DT = 8;
    static final int A = 9;
    static final int Y = 10;

    static final RelDataType ROW = row();

    private Table() {}

    private static RelDataType row() {
        RelDataTypeFactory types = SqlDialect.types();
        RelDataType whole = types.createTypeWithNullability(types.createSqlType(SqlTypeName.INTEGER), true);
        return types.builder()
                .add("i", SqlTypeName.INTEGER)
                .nullable(true)
                .add("l", SqlTypeName.BIGINT)
                .nullable(true)
                .add("d", SqlTypeName.DOUBLE)
                .nullable(true)
                .add("r", SqlTypeName.REAL)
                .nullable(true)
                .add("m", SqlTypeName.DECIMAL, 10, 2)
                .nullable(true)
                .add("s", SqlTypeName.VARCHAR)
                .nullable(true)
                .add("b", SqlTypeName.BOOLEAN)
                .nullable(true)
                .add("ts", SqlTypeName.TIMESTAMP)
                .nullable(true)
                .add("dt", SqlTypeName.DATE)
                .nullable(true)
                .add("a", types.createTypeWithNullability(types.createArrayType(whole, -1), true))
                .add("y", SqlTypeName.BINARY, 2)
                .nullable(true)
                .build();
    }
}
