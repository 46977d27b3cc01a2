package io.millrace.engine.sql;

import io.millrace.document.Problem;
import io.millrace.document.Text;
import io.millrace.engine.aggregate.AggregateOperators;
import io.millrace.engine.function.UserFunctions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * Turns queries and conditions over a set of relations into Calcite's algebra. Whatever is wrong with them becomes a
 * {@link Problem} at its place in the pipeline's file.
 */
public final class SqlPlanner {

    private final Map<String, RelDataType> relations = new LinkedHashMap<>();
    private final Map<String, Integer> times = new LinkedHashMap<>();
    private final CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
    private final SqlErrors errors = new SqlErrors(relations);
    private final SqlOperatorTable operators;
    private final RelOptCluster cluster =
            RelOptCluster.create(new HepPlanner(QueryRules.PROGRAM), new ExactRexBuilder(SqlDialect.types()));

    /** A planner of queries that call built-in functions only. */
    public SqlPlanner() {
        this(UserFunctions.NONE);
    }

    /** A planner of queries that may call {@code functions}, too. */
    public SqlPlanner(UserFunctions functions) {
        this.operators = new UserFunctionTable(SqlDialect.operators(), functions);
    }

    /** Makes a relation known to the queries that follow. */
    public void define(String name, RelDataType rowType) {
        relations.put(name, rowType);
        schema.add(name, new RelationTable(rowType));
    }

    /** Says which column of a relation is its event time. */
    public void defineTime(String name, int column) {
        times.put(name, column);
    }

    /** What a query was made into, or why it could not be. */
    public record Planned(
            @Nullable RelNode logical, @Nullable RelNode optimised, List<Problem> problems) {}

    /** A problem of a query that could be planned, of what is refused of its relations. */
    public Problem refused(Text sql, UnsupportedOperationException refusal) {
        return DeepStack.call(() -> {
            try {
                ClausePlaces places = ClausePlaces.of(
                        SqlParser.create(sql.value(), SqlDialect.PARSER).parseQuery());
                return errors.of(refusal, sql, places);
            } catch (SqlParseException e) {
                return errors.of(refusal, sql);
            }
        });
    }

    /** Plans a query: as Calcite first understood it, and optimised with only the columns that are needed. */
    public Planned query(Text sql) {
        try {
            QueryBounds.check(sql.value());
            return DeepStack.call(() -> {
                useMetadata();
                return plan(sql);
            });
        } catch (UnsupportedOperationException e) {
            return failed(errors.of(e, sql));
        }
    }

    private Planned plan(Text sql) {
        try {
            SqlNode read = SqlParser.create(sql.value(), SqlDialect.PARSER).parseQuery();
            QueryBounds.check(read);
            SqlNode parsed = SessionKeys.rewrite(read);
            if (!parsed.isA(SqlKind.QUERY)) {
                throw new UnsupportedOperationException(
                        "A step is a query: its rows go on by themselves, so write the SELECT alone");
            }
            IntervalLiterals.check(parsed);
            UnsignedTypes.check(parsed);
            UsingJoins.check(parsed);
            AggregateOperators.choosePercentiles(parsed);
            SqlValidator validator = validator();
            SqlToRelConverter converter = converter(validator);
            RelRoot root = converter.convertQuery(validator.validate(LambdaCaptures.rewrite(parsed)), false, true);
            RelNode logical = ConstantExpressions.computed(
                    rexBuilder(), EventTimes.order(JoinKeyTypes.unify(SubQueries.join(root.project())), times));
            RelNode optimised = optimise(converter.trimUnusedFields(true, logical));
            Microseconds.check(rexBuilder(), optimised);
            ExpressionCheck.check(cluster.getRexBuilder(), optimised);
            return new Planned(logical, optimised, List.of());
        } catch (SqlParseException e) {
            return failed(errors.of(e, sql));
        } catch (CalciteContextException e) {
            return failed(errors.of(e, sql));
        } catch (RuntimeException e) {
            // Calcite throws what it has not thought of as whatever it happens to be.
            return failed(errors.of(e, sql));
        }
    }

    /** A condition made into an expression, or why it could not be. */
    public record PlannedCondition(@Nullable RexNode expression, List<Problem> problems) {}

    /** Plans a condition over the columns of one row. */
    public PlannedCondition condition(Text condition, RelDataType rowType) {
        try {
            QueryBounds.check(condition.value());
            return DeepStack.call(() -> {
                useMetadata();
                return planCondition(condition, rowType);
            });
        } catch (UnsupportedOperationException e) {
            return new PlannedCondition(null, List.of(errors.of(e, condition)));
        }
    }

    private PlannedCondition planCondition(Text condition, RelDataType rowType) {
        try {
            SqlNode parsed =
                    SqlParser.create(condition.value(), SqlDialect.PARSER).parseExpression();
            QueryBounds.check(parsed);
            IntervalLiterals.check(parsed);
            UnsignedTypes.check(parsed);
            SqlValidator validator = validator();
            Map<String, RelDataType> types = new LinkedHashMap<>();
            Map<String, RexNode> fields = new LinkedHashMap<>();
            for (RelDataTypeField field : rowType.getFieldList()) {
                types.put(field.getName(), field.getType());
                fields.put(field.getName(), RexInputRef.of(field.getIndex(), rowType));
            }
            SqlNode validated = validator.validateParameterizedExpression(LambdaCaptures.rewrite(parsed), types);
            RelDataType type = validator.getValidatedNodeType(validated);
            if (!SqlTypeUtil.inBooleanFamily(type)) {
                return new PlannedCondition(
                        null,
                        List.of(Problem.at(
                                condition.location(),
                                "A condition is BOOLEAN, but this is " + type.getFullTypeString())));
            }
            RexNode expression = converter(validator).convertExpression(validated, fields);
            ExpressionCheck.check(cluster.getRexBuilder(), List.of(expression), rowType);
            return new PlannedCondition(expression, List.of());
        } catch (SqlParseException e) {
            return new PlannedCondition(null, List.of(errors.of(e, condition)));
        } catch (CalciteContextException e) {
            return new PlannedCondition(null, List.of(errors.of(e, condition, rowType)));
        } catch (RuntimeException e) {
            return new PlannedCondition(null, List.of(errors.of(e, condition)));
        }
    }

    /** Calcite looks for its metadata in the thread, where the cluster has left it in the one that made it. */
    private void useMetadata() {
        RelMetadataQueryBase.THREAD_PROVIDERS.set(
                JaninoRelMetadataProvider.of(Objects.requireNonNull(cluster.getMetadataProvider())));
    }

    /** For building expressions beside the planned ones. */
    public RexBuilder rexBuilder() {
        return cluster.getRexBuilder();
    }

    static RelDataType deriveType(SqlDataTypeSpec spec) {
        return spec.deriveType(new SqlPlanner().validator());
    }

    private RelNode optimise(RelNode node) {
        HepPlanner planner = (HepPlanner) cluster.getPlanner();
        planner.setRoot(node);
        RelNode best = planner.findBestExp();
        planner.clear();
        return best;
    }

    private SqlValidator validator() {
        CalciteCatalogReader catalog = catalog();
        return SqlValidatorUtil.newValidator(
                operators,
                catalog,
                SqlDialect.types(),
                SqlValidator.Config.DEFAULT
                        .withIdentifierExpansion(true)
                        .withConformance(SqlDialect.CONFORMANCE)
                        .withTypeCoercionEnabled(true)
                        .withTypeCoercionFactory(TextCoercion::new));
    }

    private CalciteCatalogReader catalog() {
        return new CalciteCatalogReader(schema, List.of(), SqlDialect.types(), SqlDialect.connectionConfig());
    }

    private SqlToRelConverter converter(SqlValidator validator) {
        return new SqlToRelConverter(
                (type, query, schemaPath, viewPath) -> {
                    throw new UnsupportedOperationException("Views are steps here");
                },
                validator,
                catalog(),
                cluster,
                Convertlets.TABLE,
                SqlToRelConverter.config()
                        .withRelBuilderFactory(PlainBuilder.FACTORY)
                        .withTrimUnusedFields(true)
                        .withExpand(false)
                        // A long IN is a condition over one row as well as a short one.
                        .withInSubQueryThreshold(Integer.MAX_VALUE));
    }

    private static Planned failed(Problem problem) {
        return new Planned(null, null, List.of(problem));
    }
}
