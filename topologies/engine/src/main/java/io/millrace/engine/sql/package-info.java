/**
 * SQL, read and typed by Calcite. {@link io.millrace.engine.sql.SqlDialect} says which SQL; {@link
 * io.millrace.engine.sql.ColumnList} reads the columns of a source; {@link io.millrace.engine.sql.SqlPlanner} turns a query
 * or a condition over known relations into Calcite's algebra, or into problems that point into the pipeline's file; {@link
 * io.millrace.engine.sql.CompiledExpressions} runs the algebra's expressions as compiled code.
 */
@NullMarked
package io.millrace.engine.sql;

import org.jspecify.annotations.NullMarked;
