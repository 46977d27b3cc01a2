package io.millrace.engine.plan;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.physical.Closing;
import io.millrace.engine.physical.Node;
import io.millrace.engine.physical.OverFunction;
import io.millrace.engine.sql.SqlDialect;
import io.millrace.engine.stateful.GroupOperator;
import io.millrace.engine.stateful.OverValues;
import io.millrace.engine.stateful.SessionOperator;
import io.millrace.engine.stateful.StreamJoinOperator;
import io.millrace.engine.stateful.TableJoinOperator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** The stores of an operator, with what is in each: its own description of the operators in {@code stateful}, which write them. */
final class NodeStores {

    private NodeStores() {}

    /** The names of its stores, each with what its keys and values are made of. */
    static Map<String, List<StateLayout.Part>> of(Node.Stateful node) {
        Map<String, List<StateLayout.Part>> stores = new LinkedHashMap<>();
        if (node instanceof Node.TableJoin join) {
            stores.put(TableJoinOperator.storeName(join, 0), tableSide(join, 0, join.leftWindow()));
            stores.put(TableJoinOperator.storeName(join, 1), tableSide(join, 1, join.rightWindow()));
        } else if (node instanceof Node.StreamJoin join) {
            stores.put(StreamJoinOperator.storeName(join, 0), streamSide(join, 0));
            stores.put(StreamJoinOperator.storeName(join, 1), streamSide(join, 1));
        } else if (node instanceof Node.StreamTableJoin join) {
            stores.put(
                    join.name(),
                    new Parts(join.right()).keys(join.exchange().get(1)).rows().all());
        } else if (node instanceof Node.Group group) {
            Parts parts = new Parts(group.input()).closing(group.window()).keys(group.groups());
            stores.put(
                    group.name(), parts.calls(group.calls(), group.timeColumn()).all());
            if (aggregates(group.calls(), group.input(), group.timeColumn()).keepsValues()) {
                stores.put(GroupOperator.valuesStore(group.name()), parts.all());
            }
        } else if (node instanceof Node.Sessions sessions) {
            Parts parts = new Parts(sessions.input())
                    .keys(sessions.keys())
                    .fact("gap", sessions.windows().toString());
            List<StateLayout.Part> ends = parts.all();
            List<StateLayout.Part> rows =
                    new Parts(sessions.input()).keys(sessions.keys()).rows().all();
            stores.put(
                    sessions.name(),
                    parts.calls(sessions.calls(), sessions.timeColumn()).all());
            if (aggregates(sessions.calls(), sessions.input(), sessions.timeColumn())
                    .keepsValues()) {
                stores.put(GroupOperator.valuesStore(sessions.name()), parts.all());
            }
            stores.put(SessionOperator.rowStore(sessions.name()), rows);
            stores.put(SessionOperator.endStore(sessions.name()), ends);
        } else if (node instanceof Node.Rank rank) {
            stores.put(rank.name(), rank(rank));
        } else if (node instanceof Node.Over over) {
            Parts parts = new Parts(over.input())
                    .keys(over.partition())
                    .column("time", over.timeColumn())
                    .rows();
            for (OverFunction function : over.functions()) {
                parts.call(function.call());
                parts.fact(
                        "frame",
                        (function.isRows() ? "rows " : "range ") + function.preceding() + " " + function.offset());
            }
            stores.put(over.name(), parts.all());
        } else if (node instanceof Node.WithConstants constants) {
            stores.put(
                    constants.name(),
                    new Parts(constants.input())
                            .fact("rows", constants.rows().toString())
                            .all());
        } else {
            Node.Materialise rows = (Node.Materialise) node;
            stores.put(
                    rows.name(), new Parts(rows.input()).keys(rows.key()).rows().all());
        }
        return stores;
    }

    /** What an input of an operator's repartition carries. */
    static List<StateLayout.Part> exchange(Node.Stateful node) {
        List<StateLayout.Part> parts = new ArrayList<>();
        List<List<Integer>> keys = node.exchange();
        for (int i = 0; keys != null && i < keys.size(); i++) {
            Node input = node.inputs().get(i);
            String side = keys.size() == 1 ? "" : i == 0 ? "left " : "right ";
            new Parts(input)
                    .keys(keys.get(i))
                    .rows()
                    .all()
                    .forEach(part -> parts.add(new StateLayout.Part(side + part.role(), part.name(), part.type())));
        }
        return parts;
    }

    static Aggregates aggregates(List<AggregateCall> calls, Node input, int timeColumn) {
        return Aggregates.of(calls, input.rowType(), input.traits().isChangelog(), SqlDialect.types(), timeColumn);
    }

    /** The aggregates of one function of OVER: none for LAG, LEAD and ROW_NUMBER. */
    static Aggregates aggregates(Node.Over over, OverFunction function) {
        return aggregates(
                OverValues.isPositional(function) ? List.of() : List.of(function.call()),
                over.input(),
                over.timeColumn());
    }

    private static List<StateLayout.Part> tableSide(Node.TableJoin join, int side, @Nullable Closing window) {
        return new Parts(join.inputs().get(side))
                .closing(window)
                .keys(join.exchange().get(side))
                .rows()
                .fact("partners", join.type() + " " + condition(join, join.condition()))
                .all();
    }

    private static List<StateLayout.Part> streamSide(Node.StreamJoin join, int side) {
        return new Parts(join.inputs().get(side))
                .keys(join.exchange().get(side))
                .column("time", side == 0 ? join.leftTime() : join.rightTime())
                .rows()
                .fact("bounds", join.lower() + " to " + join.upper())
                .fact("partners", join.type() + " " + condition(join, join.condition()))
                .all();
    }

    private static List<StateLayout.Part> rank(Node.Rank rank) {
        Parts parts = new Parts(rank.input()).closing(rank.window()).keys(rank.partition());
        for (RelFieldCollation order : rank.order()) {
            parts.column("order " + order.getDirection() + " nulls " + order.nullDirection, order.getFieldIndex());
        }
        parts.rows();
        if (!rank.input().traits().isChangelog()) {
            // Of a stream no more rows are kept than are wanted.
            parts.fact("kept", "the first " + (rank.offset() + rank.limit()));
        }
        return parts.all();
    }

    private static String condition(Node.OfTwo join, @Nullable RexNode condition) {
        return condition == null ? "" : ConditionText.of(condition, join.sideBySide());
    }

    /** Collects parts over the rows of one node. */
    private static final class Parts {

        private final Node node;
        private final List<StateLayout.Part> parts = new ArrayList<>();

        Parts(Node node) {
            this.node = node;
        }

        Parts fact(String role, String fact) {
            parts.add(new StateLayout.Part(role, "", fact.strip()));
            return this;
        }

        Parts column(String role, int column) {
            RelDataTypeField field = node.rowType().getFieldList().get(column);
            parts.add(new StateLayout.Part(
                    role, given(field.getName()), field.getType().getFullTypeString()));
            return this;
        }

        Parts keys(List<Integer> columns) {
            columns.forEach(column -> column("key", column));
            return this;
        }

        Parts rows() {
            node.rowType().getFieldList().forEach(field -> column("row", field.getIndex()));
            return this;
        }

        Parts closing(@Nullable Closing closing) {
            if (closing != null) {
                column("window", closing.column());
                fact("window", "closes " + closing.plus() + " behind it, each " + closing.gridMs() + " ms");
            }
            return this;
        }

        Parts calls(List<AggregateCall> calls, int timeColumn) {
            calls.forEach(this::call);
            if (calls.stream().anyMatch(Parts::isByTime)) {
                column("time", timeColumn);
            }
            return this;
        }

        private static boolean isByTime(AggregateCall call) {
            SqlKind kind = call.getAggregation().getKind();
            return (kind == SqlKind.FIRST_VALUE || kind == SqlKind.LAST_VALUE)
                    && call.getCollation().getFieldCollations().isEmpty();
        }

        void call(AggregateCall call) {
            String arguments = call.getArgList().stream()
                    .map(column -> given(node.rowType().getFieldNames().get(column)))
                    .collect(Collectors.joining(", "));
            String types = call.getArgList().stream()
                    .map(column ->
                            node.rowType().getFieldList().get(column).getType().getFullTypeString())
                    .collect(Collectors.joining(", "));
            String filter = call.filterArg < 0
                    ? ""
                    : " FILTER " + given(node.rowType().getFieldNames().get(call.filterArg));
            String order = call.getCollation().getFieldCollations().stream()
                    .map(by -> node.rowType().getFieldNames().get(by.getFieldIndex()) + " " + by.shortString())
                    .collect(Collectors.joining(", "));
            parts.add(new StateLayout.Part(
                    "function",
                    call.getAggregation().getName() + "(" + (call.isDistinct() ? "DISTINCT " : "") + arguments + ")"
                            + filter + (order.isEmpty() ? "" : " ORDER BY " + order),
                    (types.isEmpty() ? "" : types + " -> ")
                            + call.getType().getFullTypeString()
                            + (node.traits().isChangelog() ? ", of rows that go" : "")));
        }

        /** A column's name where somebody gave it one: those that Calcite gives are numbered anew with each change of the query. */
        private static String given(String name) {
            return name.matches("(EXPR)?\\$.*") ? "" : name;
        }

        List<StateLayout.Part> all() {
            return List.copyOf(parts);
        }
    }
}
