package io.millrace.engine.physical;

import io.millrace.engine.operator.TableLoader;
import io.millrace.engine.operator.Windows;
import io.millrace.engine.sql.SqlDialect;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** One operator of a query, as a value, over the ones that give it rows. */
public sealed interface Node {

    /** The columns of its rows. */
    RelDataType rowType();

    /** What is known of its rows. */
    Traits traits();

    /** What it takes rows from. */
    List<Node> inputs();

    /** Whether the record is at hand that a row was made of: not behind what brings rows together. */
    default boolean hasRecord() {
        return !inputs().isEmpty() && inputs().stream().allMatch(Node::hasRecord);
    }

    /** Shows it and all below it to {@code visitor}, what is above first. */
    default void visit(java.util.function.Consumer<Node> visitor) {
        visitor.accept(this);
        inputs().forEach(input -> input.visit(visitor));
    }

    private static RelDataType sideBySide(Node left, Node right) {
        return SqlDialect.types()
                .builder()
                .addAll(left.rowType().getFieldList())
                .addAll(right.rowType().getFieldList())
                .build();
    }

    /** An operator over one other. */
    sealed interface OfOne extends Node {

        Node input();

        @Override
        default List<Node> inputs() {
            return List.of(input());
        }
    }

    /** An operator over two others. */
    sealed interface OfTwo extends Node {

        Node left();

        Node right();

        @Override
        default List<Node> inputs() {
            return List.of(left(), right());
        }

        /** The columns of both as they come in: what a condition is over, before a side without a partner is nulls. */
        default RelDataType sideBySide() {
            return Node.sideBySide(left(), right());
        }
    }

    /** An operator that keeps state: its stores, and its repartition where it has one, have names that begin with this one's. */
    sealed interface Stateful extends Node {

        /** Unique in the pipeline; begins with the relation's name. */
        String name();

        /** The columns of each input by which its rows are brought together; null where they are together already. */
        @Nullable
        List<List<Integer>> exchange();

        @Override
        default boolean hasRecord() {
            return false;
        }
    }

    /**
     * The rows of another relation of the pipeline.
     *
     * @param table for a table source, the whole of it as it can be looked up in; else null
     * @param hasRecord whether the record is at hand that the row was made of
     */
    record Scan(
            String relation, RelDataType rowType, Traits traits, TableLoader.@Nullable Table table, boolean hasRecord)
            implements Node {
        @Override
        public List<Node> inputs() {
            return List.of();
        }
    }

    /** Rows that the query itself lists; only something else's other side. */
    record Constants(List<List<RexNode>> rows, RelDataType rowType) implements Node {
        @Override
        public Traits traits() {
            return Traits.NONE;
        }

        @Override
        public List<Node> inputs() {
            return List.of();
        }
    }

    /** Only rows for which the condition is true. */
    record Filter(Node input, RexNode condition) implements OfOne {
        @Override
        public RelDataType rowType() {
            return input.rowType();
        }

        @Override
        public Traits traits() {
            return input.traits();
        }
    }

    /** Rows made of expressions over a row. */
    record Project(Node input, List<RexNode> expressions, RelDataType rowType, Traits traits) implements OfOne {
        public Project {
            expressions = List.copyOf(expressions);
        }
    }

    /**
     * Each row once for each of its windows, with the window's start, end and last instant behind its columns.
     *
     * @param sessionKeys for sessions, the columns of PARTITION BY
     */
    record AssignWindows(
            Node input, int timeColumn, Windows windows, List<Integer> sessionKeys, RelDataType rowType, Traits traits)
            implements OfOne {}

    /**
     * Each row once for each element of a collection in it, the element's columns behind its own.
     *
     * @param collection the collections, each over the row; side by side when there are several
     * @param withOrdinality whether the element's number, from 1, is the last column
     * @param isLeft whether a row without elements goes on with nulls
     */
    record Unnest(
            Node input,
            List<RexNode> collection,
            boolean withOrdinality,
            boolean isLeft,
            RelDataType rowType,
            Traits traits)
            implements OfOne {}

    /** Each row once for each grouping set, with null for what is not in it and the set's number as the last column. */
    record Expand(Node input, List<List<Integer>> nulled, RelDataType rowType, Traits traits) implements OfOne {}

    /**
     * Each row with the row of a whole table that has its key.
     *
     * @param key the table's key, made of the row; in the order of the table's key columns
     * @param tableRow what the table's row goes through before it is joined; its scan is the table's
     * @param type INNER, LEFT, SEMI (the row alone, where there is a table's) or ANTI (where there is none)
     * @param condition what must be true beside the key, over the columns of both; null when nothing
     */
    record Lookup(
            Node input,
            TableLoader.Table table,
            List<RexNode> key,
            Node tableRow,
            JoinRelType type,
            @Nullable RexNode condition,
            RelDataType rowType,
            Traits traits)
            implements OfOne {

        /** The columns of both. */
        public RelDataType sideBySide() {
            return Node.sideBySide(input, tableRow);
        }
    }

    /** Each row with every row of a constant list that the condition is true for. */
    record ConstantJoin(
            Node left, Constants right, RexNode condition, boolean isLeft, RelDataType rowType, Traits traits)
            implements OfTwo {
        /** The constant rows come of themselves. */
        @Override
        public List<Node> inputs() {
            return List.of(left);
        }
    }

    /** The rows of all its inputs. */
    record Union(List<Node> inputs, RelDataType rowType, Traits traits) implements Node {}

    /**
     * GROUP BY.
     *
     * @param groups the columns of GROUP BY
     * @param calls the aggregate functions
     * @param timeColumn a column of event time for those that ask which row was first, or -1
     * @param window the column that says when the group is complete, or null when it never is
     * @param isOnClose whether results come when the window closes rather than with each row
     */
    record Group(
            Node input,
            String name,
            @Nullable List<List<Integer>> exchange,
            List<Integer> groups,
            List<AggregateCall> calls,
            int timeColumn,
            @Nullable Closing window,
            boolean isOnClose,
            RelDataType rowType,
            Traits traits)
            implements OfOne, Stateful {}

    /**
     * GROUP BY over sessions: runs of rows of one key with no gap of {@code gap} between them.
     *
     * @param keys the columns of the key
     * @param timeColumn the time of a row
     * @param windows the length of the gap between two sessions
     * @param layout for each column of the result: the key column it is (0…), or -1 start, -2 end, -3 last instant
     */
    record Sessions(
            Node input,
            String name,
            List<List<Integer>> exchange,
            List<Integer> keys,
            int timeColumn,
            Windows windows,
            List<Integer> layout,
            List<AggregateCall> calls,
            boolean isOnClose,
            RelDataType rowType,
            Traits traits)
            implements OfOne, Stateful {}

    /**
     * Joins two changelogs on equal columns and a condition; follows the changes of both.
     *
     * @param condition what must be true beside the equality, over the columns of both; null when nothing
     * @param leftWindow when a row of the left is complete, and of the right; null when never
     */
    record TableJoin(
            Node left,
            Node right,
            String name,
            List<List<Integer>> exchange,
            JoinRelType type,
            @Nullable RexNode condition,
            @Nullable Closing leftWindow,
            @Nullable Closing rightWindow,
            RelDataType rowType,
            Traits traits)
            implements OfTwo, Stateful {}

    /** Joins each row of a stream with what a table holds when the row comes; INNER, LEFT, SEMI or ANTI. */
    record StreamTableJoin(
            Node left,
            Node right,
            String name,
            List<List<Integer>> exchange,
            JoinRelType type,
            @Nullable RexNode condition,
            RelDataType rowType,
            Traits traits)
            implements OfTwo, Stateful {}

    /**
     * Joins two streams on equal columns where the right row's time less the left's lies between two bounds.
     *
     * @param leftTime the column of the left rows' time
     * @param rightTime the column of the right rows' time
     * @param lower the least that the right's time is behind the left's, in the columns' unit; may be negative
     * @param upper the most
     * @param plus how much longer than by its own time a row may come, in that unit: the rest of its window
     * @param tick a millisecond in that unit
     */
    record StreamJoin(
            Node left,
            Node right,
            String name,
            List<List<Integer>> exchange,
            JoinRelType type,
            int leftTime,
            int rightTime,
            long lower,
            long upper,
            long plus,
            long tick,
            @Nullable RexNode condition,
            RelDataType rowType,
            Traits traits)
            implements OfTwo, Stateful {}

    /**
     * The first rows of each partition in an order.
     *
     * @param partition the columns of PARTITION BY
     * @param order the order in a partition
     * @param offset how many are passed over first
     * @param limit how many there are then
     * @param ranking how rows are numbered
     * @param isRanked whether a row's number, from 1, is its last column
     * @param window when a partition is complete, or null
     */
    record Rank(
            Node input,
            String name,
            @Nullable List<List<Integer>> exchange,
            List<Integer> partition,
            List<RelFieldCollation> order,
            long offset,
            long limit,
            Ranking ranking,
            boolean isRanked,
            @Nullable Closing window,
            RelDataType rowType,
            Traits traits)
            implements OfOne, Stateful {}

    /**
     * Functions over the rows around a row, in the order of event time.
     *
     * @param partition the columns of PARTITION BY
     * @param timeColumn the column of ORDER BY
     * @param functions what is computed; each a column behind the row's own
     */
    record Over(
            Node input,
            String name,
            @Nullable List<List<Integer>> exchange,
            List<Integer> partition,
            int timeColumn,
            long tick,
            List<OverFunction> functions,
            RelDataType rowType,
            Traits traits)
            implements OfOne, Stateful {}

    /**
     * The rows of its input, and once, when they begin, those that the query itself lists.
     *
     * @param rows the values of each, as expressions over nothing
     */
    record WithConstants(Node input, String name, List<List<RexNode>> rows, Traits traits) implements OfOne, Stateful {
        @Override
        public RelDataType rowType() {
            return input.rowType();
        }

        @Override
        public @Nullable List<List<Integer>> exchange() {
            return null;
        }
    }

    /**
     * Brings the changes of each key together, and lets through what is true of it when they came out of order from several tasks.
     *
     * @param key the columns that tell rows apart
     */
    record Materialise(Node input, String name, List<List<Integer>> exchange, List<Integer> key, Traits traits)
            implements OfOne, Stateful {
        @Override
        public RelDataType rowType() {
            return input.rowType();
        }
    }
}
