package io.millrace.engine.plan;

import io.millrace.document.PushDown;
import java.util.List;

/**
 * What a pipeline needs of a source, and what of that its connector is told.
 *
 * @param source the source's name
 * @param setting what the document wants to be told
 * @param columns the columns that suffice, in the order of the document
 * @param otherColumns the source's other columns
 * @param where the condition that suffices, as the connector takes it; empty when every row is needed
 * @param whyAllRows why there is no condition; empty when there is one
 * @param isColumnsPushed whether the connector reads no other columns
 * @param isWherePushed whether the connector reads no other rows
 */
public record SourceNeeds(
        String source,
        PushDown setting,
        List<String> columns,
        List<String> otherColumns,
        String where,
        String whyAllRows,
        boolean isColumnsPushed,
        boolean isWherePushed) {

    public SourceNeeds {
        columns = List.copyOf(columns);
        otherColumns = List.copyOf(otherColumns);
    }
}
