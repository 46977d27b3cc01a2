package io.millrace.engine.sql;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Types and the Java classes of their values. Texts are Unicode: Calcite's own are Latin 1, and refuse a literal of any other character. A ROW is an array, as Calcite's own constructor of rows makes it: Calcite
 * itself would compile code for a class that it never generates.
 */
final class RowTypeFactory extends JavaTypeFactoryImpl {

    RowTypeFactory() {
        super(MillraceTypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public Type getJavaClass(RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.ROW) {
            return Object[].class;
        }
        return type.getSqlTypeName() == SqlTypeName.UUID ? UUID.class : super.getJavaClass(type);
    }
}
