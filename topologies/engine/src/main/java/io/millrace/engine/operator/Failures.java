package io.millrace.engine.operator;

import io.millrace.document.OnError;
import io.millrace.document.OnLate;
import io.millrace.engine.row.Row;
import org.apache.calcite.rel.type.RelDataType;

/**
 * What becomes of rows of one relation that an expression of it fails on.
 *
 * @param relation the relation
 * @param quarantine where such rows go
 * @param onError what the pipeline wants of rows that an expression fails on
 * @param onLate what is wanted of rows whose window has closed
 */
public record Failures(String relation, Quarantine quarantine, OnError onError, OnLate onLate) {

    /** Sets the row aside, or stops the processor where the pipeline says so. */
    public void expression(OperatorContext context, Change change, Throwable error, RelDataType rowType, Row row) {
        if (onError == OnError.FAIL) {
            throw new RowFailedException(relation, change.source(), error);
        }
        quarantine.add(context, relation, change.source(), Quarantine.Reason.expression(error), rowType, row);
    }

    /** Sets a row aside that no window can take any more, or counts it where it is to be dropped. */
    public void late(OperatorContext context, Change change, String why, RelDataType rowType, Row row) {
        if (onLate == OnLate.DROP) {
            context.countDropped(relation);
            return;
        }
        quarantine.add(
                context,
                relation,
                change.source(),
                new Quarantine.Reason(Quarantine.Stage.LATE, null, why, null),
                rowType,
                row);
    }
}
