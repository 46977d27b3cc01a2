package io.millrace.engine.sql;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * How wide types are. Timestamps and times are kept to the millisecond unless they ask for more, which is up to the
 * microsecond; decimals to 38 digits; a sum is wider than what it adds up, and the average of whole numbers is not one.
 */
final class MillraceTypeSystem extends RelDataTypeSystemImpl {

    static final MillraceTypeSystem INSTANCE = new MillraceTypeSystem();

    private static final int MAX_DECIMAL_DIGITS = 38;
    private static final int TIME_PRECISION = 3;
    private static final int MAX_TIME_PRECISION = 6;

    private MillraceTypeSystem() {}

    @Override
    public int getDefaultPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME_WITH_LOCAL_TIME_ZONE -> TIME_PRECISION;
            case DECIMAL -> MAX_DECIMAL_DIGITS;
            default -> super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME_WITH_LOCAL_TIME_ZONE -> MAX_TIME_PRECISION;
            case DECIMAL -> MAX_DECIMAL_DIGITS;
            default -> super.getMaxPrecision(typeName);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? MAX_DECIMAL_DIGITS : super.getMaxScale(typeName);
    }

    /** A CAST of an exact number to fewer digits rounds half away from zero. */
    @Override
    public RoundingMode roundingMode() {
        return RoundingMode.HALF_UP;
    }

    /** Texts of different lengths, in the branches of a CASE for example, are not padded to the longest. */
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        RelDataType sum = switch (argumentType.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> typeFactory.createSqlType(SqlTypeName.BIGINT);
            case REAL, FLOAT, DOUBLE -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> typeFactory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL_DIGITS, argumentType.getScale());
            default -> argumentType;
        };
        return typeFactory.createTypeWithNullability(sum, argumentType.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        RelDataType average = switch (argumentType.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE ->
                typeFactory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL ->
                typeFactory.createSqlType(
                        SqlTypeName.DECIMAL,
                        MAX_DECIMAL_DIGITS,
                        Math.min(MAX_DECIMAL_DIGITS, argumentType.getScale() + 6));
            default -> argumentType;
        };
        return typeFactory.createTypeWithNullability(average, argumentType.isNullable());
    }
}
