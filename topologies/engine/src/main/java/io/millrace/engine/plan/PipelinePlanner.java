package io.millrace.engine.plan;

import io.millrace.document.Connection;
import io.millrace.document.Emit;
import io.millrace.document.EventTime;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Location;
import io.millrace.document.NearestName;
import io.millrace.document.Pipeline;
import io.millrace.document.Problem;
import io.millrace.document.Rule;
import io.millrace.document.Source;
import io.millrace.document.Step;
import io.millrace.engine.function.UserFunctions;
import io.millrace.engine.physical.Node;
import io.millrace.engine.physical.StepCompiler;
import io.millrace.engine.physical.Traits;
import io.millrace.engine.row.AvroSchemas;
import io.millrace.engine.sql.ColumnList;
import io.millrace.engine.sql.QueryInputs;
import io.millrace.engine.sql.SqlPlanner;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a pipeline against its connections and its SQL and makes its plan. Pure: it opens nothing, and the same document
 * gives the same plan.
 */
public final class PipelinePlanner {

    private static final List<String> FORMATS = List.of("avro", "json", "csv");

    private final Pipeline pipeline;
    private final Map<String, Connection> connections;
    private final PlanOptions options;
    private final List<Problem> problems = new ArrayList<>();
    private final SqlPlanner sql = new SqlPlanner(InstalledFunctions.ALL);
    private final Map<String, Relation> relations = new LinkedHashMap<>();

    private PipelinePlanner(Pipeline pipeline, List<Connection> connections, PlanOptions options) {
        this.pipeline = pipeline;
        this.options = options;
        this.connections = new LinkedHashMap<>();
        connections.forEach(connection -> this.connections.put(connection.name(), connection));
    }

    /** The functions of users beside the engine on its class path; looked for once, when the first pipeline is planned. */
    private static final class InstalledFunctions {

        private static final Logger LOG = LoggerFactory.getLogger(InstalledFunctions.class);
        static final UserFunctions ALL = load();

        private static UserFunctions load() {
            UserFunctions functions = UserFunctions.load(PipelinePlanner.class.getClassLoader());
            functions.unnamedFaults().forEach(fault -> LOG.warn("A function was left out: {}", fault));
            return functions;
        }
    }

    /**
     * Plans a pipeline.
     *
     * @param connections the connections that it may name
     * @throws InvalidDocumentException with everything that is wrong, in the order of the file
     */
    public static PipelinePlan plan(Pipeline pipeline, List<Connection> connections, PlanOptions options)
            throws InvalidDocumentException {
        return new PipelinePlanner(pipeline, connections, options).plan();
    }

    private PipelinePlan plan() throws InvalidDocumentException {
        pipeline.sources().forEach(this::planSource);
        for (Step step : StepOrder.of(pipeline, problems)) {
            planStep(step);
        }
        Map<String, SourceNeeds> needs = new PushDownPlanner(pipeline, problems).plan(relations, sql.rexBuilder());
        List<ConnectorPlan> connectors =
                new ConnectorPlanner(pipeline, connections, options, problems).plan(relations, needs);
        new RelationChecks(pipeline, relations, problems).check();
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparing(Problem::location));
            throw new InvalidDocumentException(problems);
        }
        List<Relation> all = WantedColumns.narrow(List.copyOf(relations.values()));
        return new PipelinePlan(
                pipeline,
                options,
                all,
                List.copyOf(needs.values()),
                new TopicPlanner(pipeline, options).plan(all),
                connectors,
                sql.rexBuilder());
    }

    private void planSource(Source source) {
        if (source.columns() == null) {
            problems.add(new Problem(
                    source.location(),
                    "Source '" + source.name() + "' does not say its columns",
                    "add columns: name TYPE, … (they are not looked up yet)"));
            return;
        }
        int before = problems.size();
        checkTopic(source);
        RelDataType rowType = ColumnList.read(source.columns(), problems);
        boolean isComplete = problems.size() == before;
        checkAvro(source.name(), source.columns().location(), rowType);
        sql.define(source.name(), rowType);
        if (isComplete) {
            source.key().forEach(column -> column(rowType, column, source.name(), source.keyLocation()));
        }
        if (problems.size() > before) {
            return;
        }
        List<String> key = source.key().stream()
                .map(column -> Relation.column(rowType, column).getName())
                .toList();
        List<Relation.Check> checks = checks(source.name(), rowType);
        BitSet all = new BitSet();
        all.set(0, rowType.getFieldCount());
        EventTime eventTime = eventTime(source.name(), rowType);
        if (eventTime != null && problems.size() == before) {
            sql.defineTime(
                    source.name(), Relation.column(rowType, eventTime.column()).getIndex());
        }
        relations.put(
                source.name().toLowerCase(Locale.ROOT),
                new Relation.SourceRelation(source, topic(source.name()), rowType, key, checks, eventTime, all));
    }

    /** A source that is a topic is told no more than how its records are written. */
    private void checkTopic(Source source) {
        if (!source.connector().type().equals("topic")) {
            return;
        }
        source.connector().config().forEach((key, value) -> {
            Location location = source.connector().configLocations().getOrDefault(key, source.location());
            if (!key.equals(Relation.SourceRelation.TOPIC_FORMAT)) {
                problems.add(new Problem(
                        location,
                        "A source that is a topic has no '" + key + "'",
                        "its config is format: avro, json or csv"));
            } else if (!FORMATS.contains(value)) {
                problems.add(new Problem(
                        location,
                        "Records are not read as '" + value + "'",
                        NearestName.of(value, FORMATS)
                                .map(nearest -> "did you mean '" + nearest + "'?")
                                .orElse("avro (the default), json or csv")));
            }
        });
    }

    /** Whether a step reads a relation that could not be planned: what is wrong with that one is said already. */
    private boolean readsBroken(Step step) {
        return QueryInputs.of(step.sql()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> !relations.containsKey(name)
                        && (pipeline.sources().stream()
                                        .anyMatch(source -> source.name().equalsIgnoreCase(name))
                                || pipeline.steps().stream()
                                        .anyMatch(other -> other.name().equalsIgnoreCase(name))));
    }

    private void planStep(Step step) {
        if (readsBroken(step)) {
            return;
        }
        SqlPlanner.Planned planned = sql.query(step.sql());
        problems.addAll(planned.problems());
        if (planned.optimised() == null || planned.logical() == null) {
            return;
        }
        RelDataType rowType = planned.optimised().getRowType();
        int before = problems.size();
        checkNames(step, rowType);
        checkAvro(step.name(), step.sql().location(), rowType);
        if (problems.size() > before) {
            return;
        }
        sql.define(step.name(), rowType);
        try {
            Node node = new StepCompiler(step.name(), this::scan, sql.rexBuilder(), isOnClose(step))
                    .compile(planned.optimised());
            EventTime eventTime = eventTime(step.name(), rowType);
            Traits traits = withEventTime(node.traits(), eventTime, rowType);
            List<Integer> key =
                    traits.keys().isEmpty() ? List.of() : traits.keys().get(0).columns();
            if (pipeline.sinks().stream().anyMatch(sink -> sink.from().equalsIgnoreCase(step.name()))) {
                ChangingRows.requireKey(step.name(), node);
            }
            traits.times().stream()
                    .min(Comparator.naturalOrder())
                    .ifPresent(column -> sql.defineTime(step.name(), column));
            relations.put(
                    step.name().toLowerCase(Locale.ROOT),
                    new Relation.StepRelation(
                            step,
                            topic(step.name()),
                            rowType,
                            key.stream()
                                    .map(column -> rowType.getFieldNames().get(column))
                                    .toList(),
                            checks(step.name(), rowType),
                            eventTime,
                            node,
                            traits,
                            planned.logical(),
                            planned.optimised()));
        } catch (UnsupportedOperationException e) {
            problems.add(sql.refused(step.sql(), e));
        }
    }

    private boolean isOnClose(Step step) {
        return pipeline.emit().entrySet().stream()
                .anyMatch(entry -> entry.getKey().equalsIgnoreCase(step.name()) && entry.getValue() == Emit.ON_CLOSE);
    }

    /** The scan of a relation, as a step that reads it sees it. */
    private Node.Scan scan(String name) {
        Relation relation = relations.get(name.toLowerCase(Locale.ROOT));
        if (relation instanceof Relation.SourceRelation source) {
            List<Integer> key = source.keyColumns();
            Traits traits = source.isTable()
                    ? new Traits(true, List.of(new Traits.Key(key, true, true)), null, Set.of(), List.of())
                    : Traits.NONE;
            return new Node.Scan(
                    source.name(),
                    source.rowType(),
                    withEventTime(traits, source.eventTime(), source.rowType()),
                    source.isTable() ? PlannedTable.lookedUp(source) : null,
                    true);
        }
        if (relation instanceof Relation.StepRelation step) {
            return new Node.Scan(
                    step.name(),
                    step.rowType(),
                    step.traits(),
                    null,
                    step.node().hasRecord());
        }
        throw new IllegalStateException("Planned over an unknown relation " + name);
    }

    private static Traits withEventTime(Traits traits, @Nullable EventTime eventTime, RelDataType rowType) {
        if (eventTime == null || rowType.getField(eventTime.column(), false, false) == null) {
            return traits;
        }
        int column = Relation.column(rowType, eventTime.column()).getIndex();
        return new Traits(traits.isChangelog(), traits.keys(), traits.partition(), Set.of(column), traits.windows());
    }

    private String topic(String relation) {
        return pipeline.name() + "." + relation;
    }

    private void checkNames(Step step, RelDataType rowType) {
        for (RelDataTypeField column : rowType.getFieldList()) {
            if (!column.getName().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                boolean isUnnamed = column.getName().startsWith("EXPR$");
                problems.add(new Problem(
                        step.sql().location(),
                        isUnnamed
                                ? "Column " + (column.getIndex() + 1) + " of '" + step.name() + "' has no name"
                                : "Column '" + column.getName() + "' of '" + step.name()
                                        + "' has a name that Avro does not allow",
                        "name it with AS: letters, digits and _"));
            }
        }
    }

    private void checkAvro(String relation, Location location, RelDataType rowType) {
        try {
            AvroSchemas.of(rowType, topic(relation), "");
        } catch (IllegalArgumentException e) {
            problems.add(Problem.at(location, String.valueOf(e.getMessage())));
        } catch (org.apache.avro.SchemaParseException e) {
            problems.add(new Problem(
                    location,
                    "A column's name is not one that Avro allows: " + e.getMessage(),
                    "letters, digits and _"));
        }
    }

    private @Nullable EventTime eventTime(String relation, RelDataType rowType) {
        for (EventTime eventTime : pipeline.eventTime()) {
            if (eventTime.relation().equalsIgnoreCase(relation)) {
                Optional<RelDataTypeField> column =
                        column(rowType, eventTime.column(), relation, eventTime.columnLocation());
                column.ifPresent(field -> checkTimestamp(eventTime, field));
                return eventTime;
            }
        }
        return null;
    }

    private void checkTimestamp(EventTime eventTime, RelDataTypeField column) {
        SqlTypeName type = column.getType().getSqlTypeName();
        if (type != SqlTypeName.TIMESTAMP && type != SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
            problems.add(Problem.at(
                    eventTime.columnLocation(),
                    "Event time is a TIMESTAMP, but column '" + column.getName() + "' is "
                            + column.getType().getFullTypeString()));
        }
    }

    private Optional<RelDataTypeField> column(RelDataType rowType, String name, String relation, Location location) {
        RelDataTypeField field = rowType.getField(name, false, false);
        if (field == null) {
            problems.add(new Problem(
                    location,
                    "'" + relation + "' has no column '" + name + "'",
                    NearestName.of(name, rowType.getFieldNames())
                            .map(nearest -> "did you mean '" + nearest + "'?")
                            .orElse("its columns are " + String.join(", ", rowType.getFieldNames()))));
        }
        return Optional.ofNullable(field);
    }

    private List<Relation.Check> checks(String relation, RelDataType rowType) {
        List<Relation.Check> checks = new ArrayList<>();
        pipeline.quality().forEach((name, rules) -> {
            if (name.equalsIgnoreCase(relation)) {
                for (Rule rule : rules) {
                    checks.addAll(new RuleCompiler(sql, relation, rowType, problems).compile(rule));
                }
            }
        });
        return checks;
    }
}
