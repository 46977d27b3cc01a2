package io.millrace.engine.plan;

import io.millrace.engine.operator.TableLoader;
import java.time.Duration;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** One stateless stage of a step, as a value: what it takes and what it gives. */
public sealed interface Stage {

    /** The columns of the rows that it gives. */
    RelDataType rowType();

    /** Only rows for which the condition is true go on. */
    record Filter(RexNode condition, RelDataType rowType) implements Stage {}

    /** Rows become the values of the expressions. */
    record Project(List<RexNode> expressions, RelDataType inputType, RelDataType rowType) implements Stage {
        public Project {
            expressions = List.copyOf(expressions);
        }

        /** The column of its input that a column of its rows is, as it was; -1 when it is computed. */
        int inputOf(int column) {
            return expressions.get(column) instanceof RexInputRef ref ? ref.getIndex() : -1;
        }
    }

    /** Rows get their window's start and end as two more columns. */
    record Window(int timeColumn, Duration size, Duration offset, RelDataType inputType, RelDataType rowType)
            implements Stage {}

    /**
     * Rows are joined with the row of a table that has their key.
     *
     * @param key the table's key, made of the row; in the order of the table's key columns
     * @param tableStages what the table's row goes through before it is joined
     */
    record Lookup(
            TableLoader.Table table,
            List<RexNode> key,
            List<Stage> tableStages,
            boolean isLeft,
            RelDataType inputType,
            RelDataType rowType)
            implements Stage {
        public Lookup {
            key = List.copyOf(key);
            tableStages = List.copyOf(tableStages);
        }
    }
}
