package io.millrace.engine.physical;

import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/** Several grouping sets: each row goes through one GROUP BY once for each of them. */
final class GroupingSetsCompiler {

    private final RexBuilder rexBuilder;
    private final GroupCompiler plain;

    GroupingSetsCompiler(RexBuilder rexBuilder, GroupCompiler plain) {
        this.rexBuilder = rexBuilder;
        this.plain = plain;
    }

    /** Each row goes once into each set, with null for the columns that are not in it and the set's number as one column more. */
    Node compile(Aggregate aggregate, Node input) {
        if (SessionCompiler.isOf(input)) {
            throw new UnsupportedOperationException(
                    "Sessions are of one key each: GROUP BY it and the window in this step, and "
                            + "by the grouping sets in a step behind it");
        }
        int width = input.rowType().getFieldCount();
        List<Integer> groups = aggregate.getGroupSet().asList();
        List<List<Integer>> nulled = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            nulled.add(aggregate.getGroupSet().except(set).asList());
        }
        // The columns of GROUP BY stand once more behind the row, where they can be nulled: functions still see the row
        // as it is.
        List<RexNode> copied = new ArrayList<>();
        var types = SqlDialect.types().builder();
        for (int i = 0; i < width; i++) {
            copied.add(RexInputRef.of(i, input.rowType()));
            types.add(input.rowType().getFieldList().get(i));
        }
        List<Integer> copies = new ArrayList<>();
        for (int group : groups) {
            copies.add(copied.size());
            RelDataTypeField field = input.rowType().getFieldList().get(group);
            copied.add(RexInputRef.of(group, input.rowType()));
            types.add(
                    field.getName() + "$" + group, SqlDialect.types().createTypeWithNullability(field.getType(), true));
        }
        RelDataType copiedType = types.build();
        types.add("grouping$set", SqlTypeName.INTEGER);
        RelDataType expandedType = types.build();
        Traits of = input.traits();
        Traits traits = new Traits(
                of.isChangelog(),
                List.of(),
                null,
                of.times(),
                of.at(column -> groups.contains(column) ? width + groups.indexOf(column) : column)
                        .windows());
        Node expanded = new Node.Expand(
                new Node.Project(input, copied, copiedType, traits),
                nulled.stream()
                        .map(set -> set.stream()
                                .map(column -> width + groups.indexOf(column))
                                .toList())
                        .toList(),
                expandedType,
                traits);
        copies.add(copiedType.getFieldCount());
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .filter(call -> !GroupCompiler.isGrouping(call))
                .toList();
        var groupedType = SqlDialect.types().builder();
        copies.forEach(copy -> groupedType.add(expandedType.getFieldList().get(copy)));
        calls.forEach(call -> groupedType.add(
                call.getName() == null ? "call$" + groupedType.getFieldCount() : call.getName(), call.getType()));
        Node grouped =
                plain.group(expanded, copies, calls, groupedType.uniquify().build());
        return withGrouping(aggregate, grouped, groups);
    }

    /** The columns that the query wants, GROUPING among them, of groups that know the number of their set. */
    private Node withGrouping(Aggregate aggregate, Node grouped, List<Integer> groups) {
        List<RexNode> expressions = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            expressions.add(rexBuilder.ensureType(
                    aggregate.getRowType().getFieldList().get(i).getType(),
                    RexInputRef.of(i, grouped.rowType()),
                    false));
        }
        RexNode set = RexInputRef.of(groups.size(), grouped.rowType());
        int next = groups.size() + 1;
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (GroupCompiler.isGrouping(call)) {
                expressions.add(grouping(aggregate, call, set));
            } else {
                expressions.add(RexInputRef.of(next++, grouped.rowType()));
            }
        }
        Traits traits = grouped.traits().at(column -> StepCompiler.indexOfReference(expressions, column));
        boolean isTold = areSetsTold(aggregate);
        List<Integer> key = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            key.add(i);
        }
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            if (GroupCompiler.isGrouping(aggregate.getAggCallList().get(i))) {
                key.add(groups.size() + i);
            }
        }
        // Where a column may be null by itself, a null says not which set it is of, unless GROUPING does.
        List<Traits.Key> keys = isTold ? List.of(new Traits.Key(key, true)) : List.of();
        return new Node.Project(
                grouped,
                expressions,
                aggregate.getRowType(),
                new Traits(traits.isChangelog(), keys, traits.partition(), traits.times(), traits.windows()));
    }

    /** Whether the columns say which set a row is of: a null of a column that has none itself does, and GROUPING of the others. */
    private static boolean areSetsTold(Aggregate aggregate) {
        Set<Integer> told = new HashSet<>();
        aggregate.getAggCallList().stream()
                .filter(GroupCompiler::isGrouping)
                .forEach(call -> told.addAll(call.getArgList()));
        List<RelDataTypeField> fields = aggregate.getInput().getRowType().getFieldList();
        for (int column : aggregate.getGroupSet()) {
            boolean isInAll = aggregate.getGroupSets().stream().allMatch(set -> set.get(column));
            if (!isInAll
                    && !told.contains(column)
                    && fields.get(column).getType().isNullable()) {
                return false;
            }
        }
        return true;
    }

    private RexNode grouping(Aggregate aggregate, AggregateCall call, RexNode set) {
        List<RexNode> cases = new ArrayList<>();
        RelDataType type = call.getType();
        for (int i = 0; i < aggregate.getGroupSets().size(); i++) {
            long bits = 0;
            for (int column : call.getArgList()) {
                bits = bits << 1 | (aggregate.getGroupSets().get(i).get(column) ? 0 : 1);
            }
            if (i < aggregate.getGroupSets().size() - 1) {
                cases.add(rexBuilder.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        set,
                        rexBuilder.makeExactLiteral(java.math.BigDecimal.valueOf(i), set.getType())));
            }
            cases.add(rexBuilder.makeLiteral(java.math.BigDecimal.valueOf(bits), type, true));
        }
        return cases.size() == 1 ? cases.get(0) : rexBuilder.makeCall(type, SqlStdOperatorTable.CASE, cases);
    }
}
