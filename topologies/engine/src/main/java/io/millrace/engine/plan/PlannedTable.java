package io.millrace.engine.plan;

import io.millrace.engine.operator.TableLoader;
import io.millrace.engine.sql.SqlDialect;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/** A table source as the operators see it. */
final class PlannedTable {

    private PlannedTable() {}

    static TableLoader.Table of(Relation.SourceRelation table) {
        RelDataTypeFactory.Builder key = SqlDialect.types().builder();
        for (int column : table.keyColumns()) {
            key.add(
                    table.rowType().getFieldNames().get(column),
                    SqlDialect.types()
                            .createTypeWithNullability(
                                    table.rowType().getFieldList().get(column).getType(), false));
        }
        return new TableLoader.Table(
                table.name(),
                table.name() + "-table",
                table.rowType(),
                table.keyColumns(),
                key.build(),
                table.format());
    }
}
