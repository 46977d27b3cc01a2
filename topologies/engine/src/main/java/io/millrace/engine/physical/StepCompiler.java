package io.millrace.engine.physical;

import io.millrace.engine.sql.RecordFunction;
import io.millrace.engine.sql.RefusedException;
import io.millrace.engine.sql.SqlDialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes the operators of a step of its optimised query. What cannot be run with the meaning that SQL gives it is refused with an
 * {@link UnsupportedOperationException} that says what to write instead.
 */
public final class StepCompiler {

    private final StepNames names;
    private final Function<String, Node.Scan> relations;
    private final RexBuilder rexBuilder;
    private final boolean isOnClose;

    /**
     * Compiles one step.
     *
     * @param step the step's name; stores and repartitions are named after it
     * @param relations the scan of a relation that the query names
     * @param isOnClose whether windowed aggregates give their results when the window closes rather than with each row
     */
    public StepCompiler(String step, Function<String, Node.Scan> relations, RexBuilder rexBuilder, boolean isOnClose) {
        this.names = new StepNames(step);
        this.relations = relations;
        this.rexBuilder = rexBuilder;
        this.isOnClose = isOnClose;
    }

    /** The operators of the whole step; changes of one key come out of it in order. */
    public Node compile(RelNode query) {
        Node node = node(query);
        try {
            requireRelation(node);
            node.visit(SessionCompiler::requireAggregated);
        } catch (UnsupportedOperationException e) {
            throw RefusedException.of(query, e);
        }
        return inOrder(node);
    }

    private static void requireRelation(Node node) {
        if (node instanceof Node.Constants) {
            throw new UnsupportedOperationException("A step reads from a source or a step; VALUES alone never come");
        }
    }

    /** Puts what came out of order back into it, by the first key that the rows have. */
    private Node inOrder(Node node) {
        Traits traits = node.traits();
        if (!traits.isChangelog() || traits.keys().isEmpty()) {
            return node;
        }
        for (Traits.Key key : traits.keys()) {
            if (key.isLocal()) {
                return node;
            }
        }
        List<Integer> key = traits.keys().get(0).columns();
        Traits ordered = new Traits(true, List.of(new Traits.Key(key, true)), key, traits.times(), traits.windows());
        return new Node.Materialise(node, names.next("rows"), List.of(key), key, ordered);
    }

    Node node(RelNode rel) {
        try {
            return compiled(rel);
        } catch (UnsupportedOperationException e) {
            throw RefusedException.of(rel, e);
        }
    }

    private Node compiled(RelNode rel) {
        if (rel instanceof TableScan scan) {
            List<String> name = scan.getTable().getQualifiedName();
            return relations.apply(name.get(name.size() - 1));
        }
        if (rel instanceof Project project) {
            return project(project);
        }
        if (rel instanceof Filter filter) {
            return filter(filter);
        }
        if (rel instanceof TableFunctionScan function) {
            return WindowCompiler.compile(function, node(function.getInput(0)));
        }
        if (rel instanceof Join join) {
            return new JoinCompiler(rexBuilder, names).compile(join, node(join.getLeft()), node(join.getRight()));
        }
        if (rel instanceof Aggregate aggregate) {
            return new GroupCompiler(rexBuilder, names, isOnClose).compile(aggregate, node(aggregate.getInput()));
        }
        if (rel instanceof Correlate correlate) {
            return unnest(correlate);
        }
        if (rel instanceof Union union) {
            return union(union);
        }
        if (rel instanceof Values values) {
            return constants(values);
        }
        if (rel instanceof Sort sort) {
            return new RankCompiler(rexBuilder, names).sorted(sort, node(sort.getInput()));
        }
        throw new UnsupportedOperationException(
                rel.getRelTypeName().replace("Logical", "").toUpperCase(Locale.ROOT)
                        + " is not among what a step can do");
    }

    private Node filter(Filter filter) {
        requireRowByRow(filter.getCondition());
        if (filter.getInput() instanceof Project project && project.containsOver()) {
            return new RankCompiler(rexBuilder, names).ranked(filter, null, project, node(project.getInput()));
        }
        return filtered(node(filter.getInput()), filter.getCondition());
    }

    static Node filtered(Node input, @Nullable RexNode condition) {
        if (condition == null || condition.isAlwaysTrue()) {
            return input;
        }
        requireRelation(input);
        requireRepeatable(input, List.of(condition));
        return new Node.Filter(input, condition);
    }

    private Node project(Project project) {
        if (project.containsOver()) {
            return new OverCompiler(rexBuilder, names).compile(project, node(project.getInput()));
        }
        project.getProjects().forEach(StepCompiler::requireRowByRow);
        if (project.getInput() instanceof Filter filter
                && filter.getInput() instanceof Project numbered
                && numbered.containsOver()) {
            requireRowByRow(filter.getCondition());
            Node first =
                    new RankCompiler(rexBuilder, names).ranked(filter, project, numbered, node(numbered.getInput()));
            return projected(first, project.getProjects(), project.getRowType());
        }
        Node input = node(project.getInput());
        return input instanceof Node.Constants constants
                ? computed(constants, project)
                : projected(input, project.getProjects(), project.getRowType());
    }

    /** Rows made of expressions, with what is known of those that stay as they are. */
    static Node projected(Node input, List<RexNode> expressions, RelDataType rowType) {
        requireRelation(input);
        requireRepeatable(input, expressions);
        return new Node.Project(input, expressions, rowType, MergedColumns.project(input.traits(), expressions));
    }

    static int indexOfReference(List<RexNode> expressions, int column) {
        for (int i = 0; i < expressions.size(); i++) {
            // A cast that says no more than that a column may be null leaves it as it is.
            if (RexUtil.removeNullabilityCast(SqlDialect.types(), expressions.get(i)) instanceof RexInputRef ref
                    && ref.getIndex() == column) {
                return i;
            }
            if (expressions.get(i) instanceof RexCall cast
                    && cast.getKind() == SqlKind.CAST
                    && cast.getOperands().get(0) instanceof RexInputRef ref
                    && ref.getIndex() == column
                    && SqlTypeUtil.equalSansNullability(SqlDialect.types(), cast.getType(), ref.getType())) {
                return i;
            }
        }
        return -1;
    }

    /** An expression of a step sees one row. */
    private static void requireRowByRow(RexNode expression) {
        if (RexUtil.SubQueryFinder.find(expression) != null) {
            throw new UnsupportedOperationException(
                    "This query inside an expression cannot be made into a join: join what it reads, in a step of its own");
        }
        if (RexOver.containsOver(expression)) {
            throw new UnsupportedOperationException("OVER is computed among the SELECTed columns, not in a condition");
        }
    }

    /** A row of a table goes by being computed again, so that what computes it must give the same. */
    private static void requireRepeatable(Node input, List<RexNode> expressions) {
        if (!input.hasRecord() && expressions.stream().anyMatch(RecordFunction::isIn)) {
            throw new UnsupportedOperationException(
                    "Behind a join or an aggregate a row has no record of its own: take "
                            + String.join(
                                    ", ",
                                    RecordFunction.ALL.stream()
                                            .map(SqlFunction::getName)
                                            .toList())
                            + " as a column in a step before it");
        }
        if (input.traits().isChangelog()) {
            for (RexNode expression : expressions) {
                String name = RowFunctions.firstOfTheMoment(expression);
                if (name != null) {
                    throw new UnsupportedOperationException(name
                            + " is of the moment in which a row is processed, and rows of a table are computed again "
                            + "when they change: use it in a step over a stream");
                }
            }
        }
    }

    private Node union(Union union) {
        if (!union.all) {
            throw new UnsupportedOperationException("UNION without ALL: write SELECT DISTINCT over a UNION ALL");
        }
        List<Node> inputs = new ArrayList<>();
        List<List<RexNode>> constants = new ArrayList<>();
        for (RelNode input : union.getInputs()) {
            Node node = node(input);
            if (node instanceof Node.Constants listed) {
                listed.rows().forEach(row -> constants.add(cast(row, union.getRowType())));
                continue;
            }
            List<RexNode> casts = new ArrayList<>();
            for (int i = 0; i < union.getRowType().getFieldCount(); i++) {
                casts.add(rexBuilder.ensureType(
                        union.getRowType().getFieldList().get(i).getType(),
                        rexBuilder.makeInputRef(
                                node.rowType().getFieldList().get(i).getType(), i),
                        false));
            }
            boolean isAsItIs =
                    node.rowType().equals(union.getRowType()) || casts.stream().allMatch(RexInputRef.class::isInstance);
            inputs.add(isAsItIs ? node : projected(node, casts, union.getRowType()));
        }
        if (inputs.isEmpty()) {
            return new Node.Constants(constants, union.getRowType());
        }
        boolean isChangelog = inputs.stream().anyMatch(input -> input.traits().isChangelog());
        if (!constants.isEmpty()) {
            // They have no event time and no key.
            Traits traits = new Traits(isChangelog, List.of(), null, java.util.Set.of(), List.of());
            inputs.set(0, new Node.WithConstants(inputs.get(0), names.next("values"), constants, traits));
        }
        // What two inputs call an event time or a window, is one only where all do.
        Traits first = inputs.get(0).traits();
        List<Integer> times = new ArrayList<>(first.times());
        inputs.forEach(input -> times.retainAll(input.traits().times()));
        List<Traits.WindowColumns> windows = new ArrayList<>(first.windows());
        boolean isOneTime =
                inputs.stream().allMatch(input -> input.traits().windows().equals(first.windows()));
        if (!isOneTime) {
            windows.replaceAll(Traits.WindowColumns::withoutTime);
            inputs.forEach(input -> windows.retainAll(input.traits().windows().stream()
                    .map(Traits.WindowColumns::withoutTime)
                    .toList()));
        }
        return new Node.Union(
                inputs,
                union.getRowType(),
                new Traits(isChangelog, List.of(), null, java.util.Set.copyOf(times), windows));
    }

    private List<RexNode> cast(List<RexNode> row, RelDataType rowType) {
        List<RexNode> casts = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            casts.add(rexBuilder.ensureType(rowType.getFieldList().get(i).getType(), row.get(i), false));
        }
        return casts;
    }

    /** Constants of which others are computed: constants. */
    private static Node computed(Node.Constants constants, Project project) {
        List<List<RexNode>> rows = new ArrayList<>();
        for (List<RexNode> row : constants.rows()) {
            RexShuttle values = new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef column) {
                    return row.get(column.getIndex());
                }
            };
            rows.add(values.apply(project.getProjects()));
        }
        return new Node.Constants(rows, project.getRowType());
    }

    private static Node constants(Values values) {
        List<List<RexNode>> rows = new ArrayList<>();
        values.getTuples().forEach(tuple -> rows.add(List.copyOf(tuple)));
        return new Node.Constants(rows, values.getRowType());
    }

    /** {@code FROM relation, UNNEST(relation.collection)}. */
    private Node unnest(Correlate correlate) {
        Node input = node(correlate.getLeft());
        RelNode right = correlate.getRight();
        List<RexNode> above = null;
        RelDataType aboveType = right.getRowType();
        if (right instanceof Project renamed && renamed.getInput() instanceof Uncollect) {
            above = renamed.getProjects();
            right = renamed.getInput();
        }
        if (!(right instanceof Uncollect uncollect) || !(uncollect.getInput() instanceof Project collections)) {
            throw new UnsupportedOperationException(
                    "A query that reads the row beside it can only be UNNEST of a collection of that row");
        }
        List<RexNode> collected = collections.getProjects().stream()
                .map(expression -> RowFunctions.overRow(expression, correlate.getCorrelationId(), rexBuilder))
                .toList();
        boolean isLeft = correlate.getJoinType() == org.apache.calcite.rel.core.JoinRelType.LEFT;
        RelDataType unnested = SqlDialect.types()
                .builder()
                .addAll(input.rowType().getFieldList())
                .addAll(uncollect.getRowType().getFieldList())
                .uniquify()
                .build();
        Traits traits = input.traits();
        Node node = new Node.Unnest(
                input,
                collected,
                uncollect.withOrdinality,
                isLeft,
                unnested,
                new Traits(traits.isChangelog(), List.of(), traits.partition(), traits.times(), traits.windows()));
        if (above == null) {
            return node;
        }
        int width = input.rowType().getFieldCount();
        List<RexNode> expressions = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            expressions.add(RexInputRef.of(i, unnested));
        }
        for (RexNode expression : above) {
            expressions.add(RexUtil.shift(expression, width));
        }
        RelDataType rowType = SqlDialect.types()
                .builder()
                .addAll(input.rowType().getFieldList())
                .addAll(aboveType.getFieldList())
                .uniquify()
                .build();
        return projected(node, expressions, rowType);
    }

    /** A literal count, as of LIMIT. */
    static long count(@Nullable RexNode node, long whenAbsent) {
        if (node == null) {
            return whenAbsent;
        }
        if (node instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal number) {
            return number.longValueExact();
        }
        throw new UnsupportedOperationException("How many rows there are is a literal number");
    }
}
