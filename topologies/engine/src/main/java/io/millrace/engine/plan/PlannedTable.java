package io.millrace.engine.plan;

import io.millrace.engine.operator.TableLoader;
import io.millrace.engine.sql.SqlDialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** A table source as the operators see it. */
final class PlannedTable {

    private static final int FINGERPRINT_BYTES = 4;

    private PlannedTable() {}

    /** The table as it is followed, in a store with a changelog. */
    static TableLoader.Table followed(Relation.SourceRelation table) {
        return of(table, table.name() + "-table");
    }

    /**
     * The table as rows are looked up in it. The store's name tells of what form its rows are: where that changes, another store is loaded
     * from the table's topic.
     */
    static TableLoader.Table lookedUp(Relation.SourceRelation table) {
        return of(table, table.name() + "-table-" + fingerprint(table));
    }

    private static TableLoader.Table of(Relation.SourceRelation table, String storeName) {
        RelDataTypeFactory.Builder key = SqlDialect.types().builder();
        for (int column : table.keyColumns()) {
            key.add(
                    table.rowType().getFieldNames().get(column),
                    SqlDialect.types()
                            .createTypeWithNullability(
                                    table.rowType().getFieldList().get(column).getType(), false));
        }
        return new TableLoader.Table(
                table.name(), storeName, table.rowType(), table.keyColumns(), key.build(), table.format());
    }

    /** What a store of its rows holds. */
    static List<StateLayout.Part> parts(Relation.SourceRelation table) {
        List<StateLayout.Part> parts = new ArrayList<>();
        table.keyColumns().forEach(column -> parts.add(part("key", table.rowType(), column)));
        for (int i = 0; i < table.rowType().getFieldCount(); i++) {
            parts.add(part("row", table.rowType(), i));
        }
        return parts;
    }

    private static StateLayout.Part part(String role, RelDataType rowType, int column) {
        return new StateLayout.Part(
                role,
                rowType.getFieldNames().get(column),
                rowType.getFieldList().get(column).getType().getFullTypeString());
    }

    private static String fingerprint(Relation.SourceRelation table) {
        StringBuilder text = new StringBuilder(table.format().name().toLowerCase(Locale.ROOT));
        parts(table)
                .forEach(part ->
                        text.append('\n').append(part.role()).append(' ').append(part));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
