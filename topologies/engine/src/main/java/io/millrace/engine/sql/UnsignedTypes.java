package io.millrace.engine.sql;

import java.util.Locale;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses the types of whole numbers without a sign, which no topic and no sink has. */
final class UnsignedTypes extends SqlBasicVisitor<@Nullable Void> {

    private UnsignedTypes() {}

    /**
     * Looks through a query or a condition.
     *
     * @throws RefusedException naming the type and the one to use, at its place
     */
    static void check(SqlNode node) {
        node.accept(new UnsignedTypes());
    }

    @Override
    public @Nullable Void visit(SqlDataTypeSpec type) {
        check(type.getTypeNameSpec(), type.getParserPosition());
        return null;
    }

    private void check(SqlTypeNameSpec type, SqlParserPos position) {
        if (type instanceof SqlCollectionTypeNameSpec collection) {
            check(collection.getElementTypeName(), position);
        } else if (type instanceof SqlMapTypeNameSpec map) {
            visit(map.getKeyType());
            visit(map.getValType());
        } else if (type instanceof SqlRowTypeNameSpec row) {
            row.getFieldTypes().forEach(this::visit);
        } else if (type.getTypeName().isSimple()) {
            String name = type.getTypeName().getSimple();
            switch (name.toUpperCase(Locale.ROOT)) {
                case "UTINYINT" -> refuse("TINYINT UNSIGNED", "SMALLINT", position);
                case "USMALLINT" -> refuse("SMALLINT UNSIGNED", "INTEGER", position);
                case "UINTEGER" -> refuse("INTEGER UNSIGNED", "BIGINT", position);
                case "UBIGINT" -> refuse("BIGINT UNSIGNED", "DECIMAL(20, 0)", position);
                default -> {
                    // A type with a sign, or none of whole numbers
                }
            }
        }
    }

    private static void refuse(String type, String instead, SqlParserPos position) {
        throw RefusedException.at(
                position, "There is no " + type + " here: use " + instead + ", which holds all of its numbers");
    }
}
