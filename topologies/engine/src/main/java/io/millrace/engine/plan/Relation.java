package io.millrace.engine.plan;

import io.millrace.document.EventTime;
import io.millrace.document.Rule;
import io.millrace.document.Source;
import io.millrace.document.Step;
import io.millrace.engine.operator.RowFormat;
import io.millrace.engine.physical.Node;
import io.millrace.engine.physical.Traits;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** A relation of a plan. */
public sealed interface Relation {

    String name();

    /** The topic that holds its rows, if it has one. */
    String topic();

    RelDataType rowType();

    /** The names of its key columns, in key order; empty for a stream without a key. */
    List<String> key();

    /** Whether it is a changelog by its key rather than a stream of facts. */
    boolean isTable();

    /** Its rules with their conditions. */
    List<Check> checks();

    /** Its event time, or null when it has none of its own. */
    @Nullable
    EventTime eventTime();

    /** Whether its records have a key. */
    default boolean isKeyed() {
        return isTable() || !key().isEmpty();
    }

    /** The positions of the key columns. */
    default List<Integer> keyColumns() {
        return key().stream()
                .map(column -> column(rowType(), column).getIndex())
                .toList();
    }

    /** The column of this name; the planner has made sure that there is one. */
    static RelDataTypeField column(RelDataType rowType, String name) {
        return Objects.requireNonNull(
                rowType.getField(name, false, false), () -> "no column '" + name + "' in " + rowType.getFieldNames());
    }

    /** A rule with its condition over the relation's columns. */
    record Check(Rule rule, RexNode condition) {}

    /**
     * A relation that comes in from outside.
     *
     * @param wanted the columns that something reads; the others are not decoded
     */
    record SourceRelation(
            Source source,
            String topic,
            RelDataType rowType,
            List<String> key,
            List<Check> checks,
            @Nullable EventTime eventTime,
            BitSet wanted)
            implements Relation {

        /** The key in the config of a source that is a topic. */
        static final String TOPIC_FORMAT = "format";

        public SourceRelation {
            key = List.copyOf(key);
            checks = List.copyOf(checks);
        }

        @Override
        public String name() {
            return source.name();
        }

        /** How its records are written; connectors write Avro. */
        RowFormat format() {
            String format = source.connector().type().equals("topic")
                    ? source.connector().config().getOrDefault(TOPIC_FORMAT, "avro")
                    : "avro";
            return RowFormat.valueOf(format.toUpperCase(Locale.ROOT));
        }

        @Override
        public boolean isTable() {
            return source.isTable();
        }
    }

    /**
     * A relation defined by a query.
     *
     * @param node the operators that make its rows
     * @param traits what is known of its rows, their rules and event time behind them
     * @param logical the query as Calcite first understood it
     * @param optimised the query as it runs
     */
    record StepRelation(
            Step step,
            String topic,
            RelDataType rowType,
            List<String> key,
            List<Check> checks,
            @Nullable EventTime eventTime,
            Node node,
            Traits traits,
            RelNode logical,
            RelNode optimised)
            implements Relation {

        public StepRelation {
            key = List.copyOf(key);
            checks = List.copyOf(checks);
        }

        @Override
        public String name() {
            return step.name();
        }

        @Override
        public boolean isTable() {
            return traits.isChangelog();
        }

        /** The relations whose rows and changes it takes, by lower-case name. */
        public Set<String> reads() {
            Set<String> names = new LinkedHashSet<>();
            node.visit(visited -> {
                if (visited instanceof Node.Scan scan) {
                    names.add(scan.relation().toLowerCase(Locale.ROOT));
                }
            });
            return names;
        }

        /** The tables that it looks rows up in, by lower-case name. */
        public Set<String> looksUp() {
            Set<String> names = new LinkedHashSet<>();
            node.visit(visited -> {
                if (visited instanceof Node.Lookup lookup) {
                    names.add(lookup.table().relation().toLowerCase(Locale.ROOT));
                }
            });
            return names;
        }
    }
}
