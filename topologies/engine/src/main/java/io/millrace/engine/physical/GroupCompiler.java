package io.millrace.engine.physical;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.operator.Windows;
import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** GROUP BY: of groups without end and of windows; sessions and several grouping sets have compilers of their own. */
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
            return new GroupingSetsCompiler(rexBuilder, this).compile(aggregate, input);
        }
        if (SessionCompiler.isOf(input)) {
            return new SessionCompiler(names, isOnClose).compile(aggregate, input);
        }
        boolean hasGrouping = aggregate.getAggCallList().stream().anyMatch(GroupCompiler::isGrouping);
        if (hasGrouping) {
            return new GroupingSetsCompiler(rexBuilder, this).compile(aggregate, input);
        }
        return group(input, aggregate.getGroupSet().asList(), aggregate.getAggCallList(), aggregate.getRowType());
    }

    /** Groups by columns, all of them together. */
    Node group(Node input, List<Integer> groups, List<AggregateCall> calls, RelDataType rowType) {
        Traits of = input.traits();
        Traits.WindowColumns window = null;
        for (Traits.WindowColumns candidate : of.windows()) {
            if (groups.stream().anyMatch(candidate::has)) {
                window = candidate;
                break;
            }
        }
        Closing closing = window == null ? null : Closing.of(window, groups.contains(window.end()));
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
        // What comes when a window closes is as old as its rows: only the window's own end is not late then.
        Set<Integer> times = isFinal ? timesOnClose(window, groups) : moved.times();
        Traits traits =
                new Traits(!isFinal, keys, spread.stream().map(groups::indexOf).toList(), times, moved.windows());
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

    private static Set<Integer> timesOnClose(Traits.@Nullable WindowColumns window, List<Integer> groups) {
        if (window == null) {
            return Set.of();
        }
        return Set.copyOf(new Traits.WindowColumns(
                        groups.indexOf(window.start()),
                        groups.indexOf(window.end()),
                        groups.indexOf(window.time()),
                        window.windows())
                .timesOnClose());
    }

    static boolean isGrouping(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.GROUPING || kind == SqlKind.GROUP_ID;
    }
}
