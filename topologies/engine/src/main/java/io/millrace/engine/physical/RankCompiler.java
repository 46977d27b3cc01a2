package io.millrace.engine.physical;

import io.millrace.engine.sql.SqlDialect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The first rows of each partition: {@code ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) <= n}, RANK and DENSE_RANK too, and ORDER BY with LIMIT. */
final class RankCompiler {

    private final RexBuilder rexBuilder;
    private final StepNames names;

    RankCompiler(RexBuilder rexBuilder, StepNames names) {
        this.rexBuilder = rexBuilder;
        this.names = names;
    }

    Node sorted(Sort sort, Node input) {
        if (sort.fetch == null) {
            throw new UnsupportedOperationException(
                    "A stream has no end at which its rows could be sorted: ORDER BY goes with LIMIT, or leave it out");
        }
        if (sort.getCollation().getFieldCollations().isEmpty()) {
            throw new UnsupportedOperationException(
                    "LIMIT without ORDER BY is any rows at all: say which, with ORDER BY");
        }
        return rank(
                input,
                List.of(),
                sort.getCollation().getFieldCollations(),
                StepCompiler.count(sort.offset, 0),
                StepCompiler.count(sort.fetch, 0),
                Ranking.ROW_NUMBER,
                false);
    }

    /** @param above what is computed of the filtered rows; null when all of their columns are wanted */
    Node ranked(Filter filter, @Nullable Project above, Project project, Node input) {
        RexOver over = null;
        for (RexNode expression : project.getProjects()) {
            RexOver found = firstOver(expression);
            if (found != null && over != null && !found.equals(over)) {
                throw new UnsupportedOperationException(
                        "A query that keeps the first rows computes one OVER: put the others into a step of their own");
            }
            over = found == null ? over : found;
        }
        Ranking ranking = over == null ? null : ranking(over);
        if (over == null || ranking == null) {
            throw new UnsupportedOperationException("What OVER computes is filtered in a step behind it; only "
                    + "ROW_NUMBER(), RANK() and DENSE_RANK() … <= n keep the first rows");
        }
        int ranked = project.getProjects().indexOf(over);
        long limit = Long.MAX_VALUE;
        List<RexNode> others = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            long bound = ranked < 0 ? -1 : bound(condition, ranked);
            if (bound >= 0) {
                limit = Math.min(limit, bound);
            } else {
                others.add(condition);
            }
        }
        if (limit == Long.MAX_VALUE) {
            throw new UnsupportedOperationException(
                    ranking + "() is kept for the first rows of each partition: WHERE its column <= n, n a number");
        }
        boolean isRankUsed = limit > 1 && isUsed(above, others, ranked);
        // What PARTITION BY and ORDER BY compute stands behind the row's own columns.
        List<RexNode> columns = new ArrayList<>();
        var types = SqlDialect.types().builder();
        for (int i = 0; i < input.rowType().getFieldCount(); i++) {
            columns.add(RexInputRef.of(i, input.rowType()));
            types.add(input.rowType().getFieldList().get(i));
        }
        List<Integer> partition = new ArrayList<>();
        for (RexNode key : over.getWindow().partitionKeys) {
            partition.add(place(key, columns, types));
        }
        List<RelFieldCollation> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            order.add(
                    new RelFieldCollation(place(key.left, columns, types), key.getDirection(), key.getNullDirection()));
        }
        RelDataType widened = types.build();
        Node wide = columns.size() == input.rowType().getFieldCount()
                ? input
                : StepCompiler.projected(input, columns, widened);
        Node rank = rank(wide, partition, order, 0, limit, ranking, isRankUsed);
        int width = columns.size();
        RexNode number = isRankUsed ? RexInputRef.of(width, rank.rowType()) : null;
        RexOver numbered = over;
        List<RexNode> expressions = new ArrayList<>();
        for (int i = 0; i < project.getProjects().size(); i++) {
            RexNode expression = project.getProjects().get(i);
            if (i == ranked) {
                // Where nobody reads the number, its column is only there to be left out again.
                expressions.add(
                        number != null
                                ? rexBuilder.ensureType(expression.getType(), number, false)
                                : rexBuilder.makeLiteral(BigDecimal.ONE, expression.getType(), true));
            } else {
                expressions.add(replace(expression, numbered, number));
            }
        }
        Node projected = StepCompiler.projected(rank, expressions, project.getRowType());
        return StepCompiler.filtered(projected, RexUtil.composeConjunction(rexBuilder, others, true));
    }

    private static @Nullable Ranking ranking(RexOver over) {
        return switch (over.getOperator().getKind()) {
            case ROW_NUMBER -> Ranking.ROW_NUMBER;
            case RANK -> Ranking.RANK;
            case DENSE_RANK -> Ranking.DENSE_RANK;
            default -> null;
        };
    }

    /** Whether anything is made of the number beside the bound. */
    private static boolean isUsed(@Nullable Project above, List<RexNode> others, int ranked) {
        if (above == null) {
            return true;
        }
        List<RexNode> readers = new ArrayList<>(above.getProjects());
        readers.addAll(others);
        return readers.stream()
                .anyMatch(reader -> RelOptUtil.InputFinder.bits(reader).get(ranked));
    }

    private Node rank(
            Node input,
            List<Integer> partition,
            List<RelFieldCollation> order,
            long offset,
            long limit,
            Ranking ranking,
            boolean isRanked) {
        Traits of = input.traits();
        RelDataType rowType = input.rowType();
        int width = rowType.getFieldCount();
        if (isRanked) {
            rowType = SqlDialect.types()
                    .builder()
                    .addAll(rowType.getFieldList())
                    .add("rank$", SqlTypeName.BIGINT)
                    .build();
        }
        List<Traits.Key> keys = new ArrayList<>();
        boolean isOnlyRow = limit == 1 && ranking == Ranking.ROW_NUMBER;
        if (isOnlyRow && !partition.isEmpty()) {
            keys.add(new Traits.Key(partition, true));
        } else if (isRanked && !isOnlyRow && ranking == Ranking.ROW_NUMBER) {
            List<Integer> numbered = new ArrayList<>(partition);
            numbered.add(width);
            keys.add(new Traits.Key(numbered, true));
        }
        for (Traits.Key key : of.keys()) {
            keys.add(key.local(key.columns().containsAll(partition)));
        }
        if (isOnlyRow && partition.isEmpty()) {
            keys.add(new Traits.Key(partition, true));
        }
        Traits.@Nullable WindowColumns window = null;
        for (Traits.WindowColumns candidate : of.windows()) {
            if (partition.contains(candidate.end()) || partition.contains(candidate.start())) {
                window = candidate;
                break;
            }
        }
        Closing closing = window == null ? null : Closing.of(window, partition.contains(window.end()));
        List<Integer> spread = new ArrayList<>();
        for (int column : partition) {
            if (of.windows().stream().noneMatch(columns -> columns.has(column))) {
                spread.add(column);
            }
        }
        boolean isTogether = of.partition() != null && !of.partition().isEmpty() && spread.containsAll(of.partition());
        return new Node.Rank(
                input,
                names.next("rank"),
                isTogether ? null : List.of(spread),
                partition,
                order,
                offset,
                limit,
                ranking,
                isRanked,
                closing,
                rowType,
                new Traits(true, keys, spread, of.times(), of.windows()));
    }

    static int place(
            RexNode expression, List<RexNode> columns, org.apache.calcite.rel.type.RelDataTypeFactory.Builder types) {
        if (expression instanceof RexInputRef ref) {
            return ref.getIndex();
        }
        int known = columns.indexOf(expression);
        if (known >= 0) {
            return known;
        }
        columns.add(expression);
        types.add("key$" + columns.size(), expression.getType());
        return columns.size() - 1;
    }

    /** n of {@code column <= n}, {@code column < n} or {@code column = 1}; -1 when the condition is another. */
    private static long bound(RexNode condition, int column) {
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
            return -1;
        }
        RexNode left = RexUtil.removeCast(call.getOperands().get(0));
        RexNode right = RexUtil.removeCast(call.getOperands().get(1));
        SqlKind kind = call.getKind();
        if (right instanceof RexInputRef) {
            RexNode swapped = left;
            left = right;
            right = swapped;
            kind = kind.reverse();
        }
        if (!(left instanceof RexInputRef ref)
                || ref.getIndex() != column
                || !(right instanceof RexLiteral literal)
                || !(literal.getValue() instanceof BigDecimal number)) {
            return -1;
        }
        long n = number.longValue();
        return switch (kind) {
            case LESS_THAN_OR_EQUAL -> Math.max(0, n);
            case LESS_THAN -> Math.max(0, n - 1);
            case EQUALS -> n == 1 ? 1 : -1;
            default -> -1;
        };
    }

    static @Nullable RexOver firstOver(RexNode expression) {
        RexOver[] found = new RexOver[1];
        expression.accept(new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                found[0] = found[0] == null ? over : found[0];
                return over;
            }
        });
        return found[0];
    }

    private RexNode replace(RexNode expression, RexOver over, @Nullable RexNode number) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver found) {
                if (!found.equals(over) || number == null) {
                    return found;
                }
                return rexBuilder.ensureType(found.getType(), number, false);
            }
        });
    }
}
