package io.millrace.engine.row;

import io.millrace.engine.sql.SqlDialect;
import java.util.Objects;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The lengths of texts, in characters, and of binaries, in bytes. A value from outside has no more of them than its column says; a shorter
 * one stays as it is. What the engine computes is not held to them: UPPER makes a longer text of some.
 */
public final class Lengths {

    private Lengths() {}

    /** The type with texts and binaries of any length. */
    public static RelDataType without(RelDataType type) {
        RelDataTypeFactory types = SqlDialect.types();
        RelDataType lengthless = switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> types.createSqlType(SqlTypeName.VARCHAR);
            case BINARY, VARBINARY -> types.createSqlType(SqlTypeName.VARBINARY);
            case ARRAY -> types.createArrayType(without(Objects.requireNonNull(type.getComponentType())), -1);
            case MAP ->
                types.createMapType(
                        without(Objects.requireNonNull(type.getKeyType())),
                        without(Objects.requireNonNull(type.getValueType())));
            default -> type.isStruct() ? fields(type) : type;
        };
        return types.enforceTypeWithNullability(lengthless, type.isNullable());
    }

    private static RelDataType fields(RelDataType type) {
        RelDataTypeFactory.Builder fields = SqlDialect.types().builder().kind(type.getStructKind());
        for (RelDataTypeField field : type.getFieldList()) {
            fields.add(field.getName(), without(field.getType()));
        }
        return fields.build();
    }

    /** Whether values of the type are texts or binaries with a greatest length. */
    static boolean isLimited(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> type.getPrecision() >= 0;
            default -> false;
        };
    }

    /** A reader of values that are no longer than the type says. */
    static ValueReader checked(ValueReader reader, RelDataType type) {
        if (!isLimited(type)) {
            return reader;
        }
        return decoder -> {
            Object value = reader.read(decoder);
            return value == null ? null : check(value, type);
        };
    }

    /**
     * The text or binary, when it is no longer than its type says.
     *
     * @throws UnfitValueException when it is
     */
    static <T> T check(T value, RelDataType type) {
        int max = type.getPrecision();
        if (value instanceof String text && text.length() > max) {
            int characters = text.codePointCount(0, text.length());
            if (characters > max) {
                throw tooLong("'" + UnfitValueException.shown(text) + "'", characters, "characters", type);
            }
        }
        if (value instanceof ByteString bytes && bytes.length() > max) {
            throw tooLong("The binary", bytes.length(), "bytes", type);
        }
        return value;
    }

    private static UnfitValueException tooLong(String what, int length, String units, RelDataType type) {
        return new UnfitValueException(
                what + " has " + length + " " + units + ", more than " + ExactValues.name(type) + " holds");
    }
}
