package io.millrace.engine.physical;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.operator.Windows;
import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** GROUP BY: of groups without end, of windows, and of sessions; one grouping set or several. */
final class GroupCompiler {

    private final RexBuilder rexBuilder;
    private final StepNames names;
    private final boolean isOnClose;

    GroupCompiler(RexBuilder rexBuilder, StepNames names, boolean isOnClose) {
        this.rexBuilder = rexBuilder;
        this.names = names;
        this.isOnClose = isOnClose;
    }

    Node compile(Aggregate aggregate, Node input) {
        if (input instanceof Node.Constants) {
            throw new UnsupportedOperationException("VALUES are constants: aggregate them by hand");
        }
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return groupingSets(aggregate, input);
        }
        Node.AssignWindows sessions = sessions(input);
        if (sessions != null) {
            return sessions(aggregate, input, sessions);
        }
        boolean hasGrouping = aggregate.getAggCallList().stream().anyMatch(GroupCompiler::isGrouping);
        if (hasGrouping) {
            return groupingSets(aggregate, input);
        }
        return group(input, aggregate.getGroupSet().asList(), aggregate.getAggCallList(), aggregate.getRowType());
    }

    private Node group(Node input, List<Integer> groups, List<AggregateCall> calls, RelDataType rowType) {
        Traits of = input.traits();
        Traits.WindowColumns window = null;
        for (Traits.WindowColumns candidate : of.windows()) {
            if (groups.stream().anyMatch(candidate::has)) {
                window = candidate;
                break;
            }
        }
        Node.Closing closing = window == null ? null : Node.Closing.of(window, groups.contains(window.end()));
        List<Integer> spread = new ArrayList<>();
        for (int group : groups) {
            boolean isBound = of.windows().stream().anyMatch(columns -> columns.has(group));
            if (!isBound) {
                spread.add(group);
            }
        }
        IntUnaryOperator places = groups::indexOf;
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            all.add(i);
        }
        boolean isFinal = closing != null && isOnClose;
        Traits moved = of.at(places);
        List<Traits.Key> keys = new ArrayList<>();
        boolean isPresent = groups.stream().anyMatch(group -> !NullableColumns.isNullable(input, group));
        keys.add(new Traits.Key(all, true, isPresent));
        if (window != null
                && window.windows().kind() != Windows.Kind.CUMULATE
                && groups.contains(window.start())
                && groups.contains(window.end())) {
            // Of windows of one length, the start says the end and the end the start.
            for (int bound : List.of(window.end(), window.start())) {
                keys.add(new Traits.Key(
                        all.stream().filter(place -> groups.get(place) != bound).toList(), true));
            }
        }
        Traits traits = new Traits(
                !isFinal, keys, spread.stream().map(groups::indexOf).toList(), moved.times(), moved.windows());
        // Rows that are spread by fewer columns of GROUP BY are together already, as far as these go.
        boolean isTogether = of.partition() != null && !of.partition().isEmpty() && spread.containsAll(of.partition());
        int time = of.times().isEmpty()
                ? -1
                : of.times().stream().min(Integer::compare).orElse(-1);
        // What cannot be aggregated is refused when the step is planned.
        Aggregates.of(calls, input.rowType(), of.isChangelog(), SqlDialect.types(), time);
        return new Node.Group(
                input,
                names.next("aggregate"),
                isTogether ? null : List.of(spread),
                groups,
                calls,
                time,
                closing,
                isFinal,
                rowType,
                traits);
    }

    static boolean isGrouping(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.GROUPING || kind == SqlKind.GROUP_ID;
    }

    /** Each row goes once into each set, with null for the columns that are not in it and the set's number as one column more. */
    private Node groupingSets(Aggregate aggregate, Node input) {
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
                .filter(call -> !isGrouping(call))
                .toList();
        var groupedType = SqlDialect.types().builder();
        copies.forEach(copy -> groupedType.add(expandedType.getFieldList().get(copy)));
        calls.forEach(call -> groupedType.add(
                call.getName() == null ? "call$" + groupedType.getFieldCount() : call.getName(), call.getType()));
        Node grouped = group(expanded, copies, calls, groupedType.uniquify().build());
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
            if (isGrouping(call)) {
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
            if (isGrouping(aggregate.getAggCallList().get(i))) {
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

    private static Node.@Nullable AssignWindows sessions(Node input) {
        Node below = input;
        while (below instanceof Node.Project || below instanceof Node.Filter) {
            below = below.inputs().get(0);
        }
        return below instanceof Node.AssignWindows windows && windows.windows().kind() == Windows.Kind.SESSION
                ? windows
                : null;
    }

    private Node sessions(Aggregate aggregate, Node above, Node.AssignWindows sessions) {
        int width = sessions.input().rowType().getFieldCount();
        List<RexNode> expressions;
        if (above == sessions) {
            expressions = new ArrayList<>();
            for (int i = 0; i < width + 3; i++) {
                expressions.add(RexInputRef.of(i, sessions.rowType()));
            }
        } else if (above instanceof Node.Project project && project.input() == sessions) {
            expressions = project.expressions();
        } else {
            throw new UnsupportedOperationException(
                    "What is filtered behind SESSION still makes its sessions longer: filter in a step before, or after");
        }
        if (sessions.input().traits().isChangelog()) {
            throw new UnsupportedOperationException("SESSION is over the rows of a stream, not over a table's changes");
        }
        List<RexNode> own = new ArrayList<>();
        int[] places = new int[expressions.size()];
        var ownType = SqlDialect.types().builder();
        for (int i = 0; i < places.length; i++) {
            RexNode expression = expressions.get(i);
            if (expression instanceof RexInputRef ref && ref.getIndex() >= width) {
                places[i] = width - 1 - ref.getIndex();
            } else {
                if (org.apache.calcite.plan.RelOptUtil.InputFinder.bits(expression)
                                .length()
                        > width) {
                    throw new UnsupportedOperationException(
                            "The bounds of a session are known when it is aggregated: compute with them in a step behind");
                }
                places[i] = own.size();
                own.add(expression);
                ownType.add(above.rowType().getFieldList().get(i));
            }
        }
        int time = own.size();
        own.add(RexInputRef.of(sessions.timeColumn(), sessions.input().rowType()));
        ownType.add(
                "time$",
                sessions.input()
                        .rowType()
                        .getFieldList()
                        .get(sessions.timeColumn())
                        .getType());
        Node input =
                StepCompiler.projected(sessions.input(), own, ownType.uniquify().build());
        List<Integer> keys = new ArrayList<>();
        List<Integer> layout = new ArrayList<>();
        for (int group : aggregate.getGroupSet()) {
            if (places[group] >= 0) {
                layout.add(keys.size());
                keys.add(places[group]);
            } else {
                layout.add(places[group]);
            }
        }
        List<Integer> asked = sessions.sessionKeys().stream()
                .map(key -> StepCompiler.indexOfReference(own, key))
                .sorted()
                .toList();
        if (!asked.equals(keys.stream().sorted().toList()) || !(layout.contains(-1) || layout.contains(-2))) {
            throw new UnsupportedOperationException(
                    "Sessions are grouped by what they are of: SESSION(TABLE relation PARTITION BY key, DESCRIPTOR(time), "
                            + "INTERVAL '5' MINUTE) … GROUP BY key, window_start, window_end");
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            List<Integer> arguments =
                    call.getArgList().stream().map(argument -> places[argument]).toList();
            if (isGrouping(call) || arguments.stream().anyMatch(argument -> argument < 0)) {
                throw new UnsupportedOperationException(
                        call.getAggregation().getName() + " cannot be of a session's own bounds");
            }
            List<RelFieldCollation> order = new ArrayList<>();
            for (RelFieldCollation part : call.collation.getFieldCollations()) {
                if (places[part.getFieldIndex()] < 0) {
                    throw new UnsupportedOperationException(
                            call.getAggregation().getName() + " cannot be ordered by a session's own bounds");
                }
                order.add(part.withFieldIndex(places[part.getFieldIndex()]));
            }
            calls.add(call.withArgList(arguments)
                    .withFilter(call.filterArg < 0 ? -1 : places[call.filterArg])
                    .withCollation(RelCollations.of(order)));
        }
        List<Integer> all = new ArrayList<>();
        List<Integer> spread = new ArrayList<>();
        int start = -1;
        int end = -1;
        for (int i = 0; i < layout.size(); i++) {
            all.add(i);
            if (layout.get(i) >= 0) {
                spread.add(i);
            } else if (layout.get(i) == -1) {
                start = i;
            } else if (layout.get(i) == -2) {
                end = i;
            }
        }
        Traits traits = new Traits(
                !isOnClose,
                List.of(new Traits.Key(all, true)),
                spread,
                Set.of(),
                List.of(new Traits.WindowColumns(start, end, sessions.windows())));
        Aggregates.of(calls, input.rowType(), false, SqlDialect.types(), time);
        return new Node.Sessions(
                input,
                names.next("sessions"),
                List.of(keys),
                keys,
                time,
                sessions.windows(),
                layout,
                calls,
                isOnClose,
                aggregate.getRowType(),
                traits);
    }
}
