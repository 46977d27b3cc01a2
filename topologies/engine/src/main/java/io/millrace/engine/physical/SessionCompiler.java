package io.millrace.engine.physical;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.operator.Windows;
import io.millrace.engine.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** GROUP BY over sessions: which rows are of one session is known only when they are aggregated. */
final class SessionCompiler {

    private final StepNames names;
    private final boolean isOnClose;

    SessionCompiler(StepNames names, boolean isOnClose) {
        this.names = names;
        this.isOnClose = isOnClose;
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

    /** A session's bounds are what its aggregate makes of its rows: before that they have none. */
    static void requireAggregated(Node node) {
        if (node instanceof Node.AssignWindows windows && windows.windows().kind() == Windows.Kind.SESSION) {
            throw new UnsupportedOperationException(
                    "The rows of a session belong together when it is aggregated: GROUP BY its key, window_start, window_end");
        }
    }

    /** Whether these are the rows of sessions, which the aggregate behind them makes. */
    static boolean isOf(Node input) {
        return sessions(input) != null;
    }

    Node compile(Aggregate aggregate, Node above) {
        Node.AssignWindows sessions = Objects.requireNonNull(sessions(above));
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
                if (RelOptUtil.InputFinder.bits(expression).length() > width) {
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
            if (GroupCompiler.isGrouping(call) || arguments.stream().anyMatch(argument -> argument < 0)) {
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
        int last = -1;
        for (int i = 0; i < layout.size(); i++) {
            all.add(i);
            if (layout.get(i) >= 0) {
                spread.add(i);
            } else if (layout.get(i) == -1) {
                start = i;
            } else if (layout.get(i) == -2) {
                end = i;
            } else {
                last = i;
            }
        }
        Traits.WindowColumns window = new Traits.WindowColumns(start, end, last, sessions.windows());
        Traits traits = new Traits(
                !isOnClose,
                List.of(new Traits.Key(all, true)),
                spread,
                isOnClose ? Set.copyOf(window.timesOnClose()) : Set.of(),
                List.of(window));
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
