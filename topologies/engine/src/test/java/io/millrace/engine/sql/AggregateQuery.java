package io.millrace.engine.sql;

import io.millrace.engine.aggregate.AggregateOperators;
import io.millrace.engine.row.Row;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * A query that aggregates a relation {@code t}, planned with the dialect of steps and with the operators of {@link
 * AggregateOperators} in the place of Calcite's.
 *
 * @param calls the calls of its only aggregate
 * @param inputType the rows that it aggregates
 * @param query the whole of it
 */
public record AggregateQuery(
        List<AggregateCall> calls, RelDataType inputType, CompiledExpressions inputs, RelNode query) {

    /** Plans {@code SELECT functions FROM t}. */
    public static AggregateQuery of(String functions, RelDataType rowType) {
        return of(functions, "", rowType);
    }

    /** Plans {@code SELECT functions FROM t}, and what follows. */
    public static AggregateQuery of(String functions, String rest, RelDataType rowType) {
        try {
            CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
            schema.add("t", new RelationTable(rowType));
            CalciteCatalogReader catalog =
                    new CalciteCatalogReader(schema, List.of(), SqlDialect.types(), SqlDialect.connectionConfig());
            SqlValidator validator = SqlValidatorUtil.newValidator(
                    SqlDialect.operators(),
                    catalog,
                    SqlDialect.types(),
                    SqlValidator.Config.DEFAULT
                            .withIdentifierExpansion(true)
                            .withConformance(SqlDialect.CONFORMANCE)
                            .withTypeCoercionEnabled(true));
            RexBuilder rexBuilder = new RexBuilder(SqlDialect.types());
            SqlToRelConverter converter = new SqlToRelConverter(
                    (type, query, schemaPath, viewPath) -> {
                        throw new UnsupportedOperationException();
                    },
                    validator,
                    catalog,
                    RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), rexBuilder),
                    StandardConvertletTable.INSTANCE,
                    SqlToRelConverter.config().withTrimUnusedFields(true).withExpand(false));
            SqlNode parsed = SqlParser.create("SELECT " + functions + " FROM t" + rest, SqlDialect.PARSER)
                    .parseQuery();
            AggregateOperators.choosePercentiles(parsed);
            RelNode logical = converter
                    .convertQuery(validator.validate(parsed), false, true)
                    .project();
            return of(converter.trimUnusedFields(true, logical), rexBuilder);
        } catch (SqlParseException e) {
            throw new IllegalArgumentException(functions + ": " + e.getMessage(), e);
        }
    }

    private static AggregateQuery of(RelNode node, RexBuilder rexBuilder) {
        RelNode aggregate = node;
        while (!(aggregate instanceof Aggregate)) {
            aggregate = aggregate.getInput(0);
        }
        RelNode input = aggregate.getInput(0);
        List<? extends RexNode> expressions = input instanceof Project project
                ? project.getProjects()
                : rexBuilder.identityProjects(input.getRowType());
        RelDataType rowType = input instanceof Project ? input.getInput(0).getRowType() : input.getRowType();
        return new AggregateQuery(
                ((Aggregate) aggregate).getAggCallList(),
                input.getRowType(),
                CompiledExpressions.compile(rexBuilder, expressions, rowType),
                node);
    }

    /** The row that is aggregated of a row of {@code t}. */
    public Object[] input(Object[] row) {
        return inputs.evaluate(new RowContext(), Row.of(row)).toArray();
    }

    /** The names of the aggregate functions that a step can name without OVER. */
    public static Set<String> functionNames() {
        return SqlDialect.operators().getOperatorList().stream()
                .filter(operator -> operator instanceof SqlAggFunction function && !function.requiresOver())
                .map(operator -> operator.getName().toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
