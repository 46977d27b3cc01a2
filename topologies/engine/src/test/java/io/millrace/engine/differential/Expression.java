package io.millrace.engine.differential;

import java.util.List;

/**
 * An expression in both dialects.
 *
 * @param form the form that it has, or null for a column or a literal
 * @param type what it results in
 * @param here as a step writes it
 * @param there as DuckDB writes it
 * @param parts its operands
 * @param canFail whether there are rows on which it has no value but an error
 * @param maySkip whether an operand that fails may be left out, as beside one that is null
 * @param ulps by how much its floating-point value may differ
 */
record Expression(
        Form form,
        ColumnType type,
        String here,
        String there,
        List<Expression> parts,
        boolean canFail,
        boolean maySkip,
        int ulps) {

    static Expression leaf(ColumnType type, String here, String there) {
        return new Expression(null, type, here, there, List.of(), false, false, 0);
    }
}
