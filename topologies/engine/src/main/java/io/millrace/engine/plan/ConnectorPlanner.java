package io.millrace.engine.plan;

import io.millrace.document.Connection;
import io.millrace.document.Connector;
import io.millrace.document.Location;
import io.millrace.document.NearestName;
import io.millrace.document.Pipeline;
import io.millrace.document.Problem;
import io.millrace.document.Sink;
import io.millrace.document.Source;
import io.millrace.document.Text;
import io.millrace.engine.sql.ColumnList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The configurations of a plan's connectors: what the document says, the connection's keys, and what the plan adds. */
final class ConnectorPlanner {

    private static final List<String> TYPES = List.of("jdbc", "s3", "topic");
    private static final Map<String, String> JDBC_KEYS = Map.of(
            "url", "connection.url",
            "user", "connection.user",
            "password", "connection.password");
    private static final Map<String, String> S3_KEYS = Map.of(
            "endpoint", "s3.endpoint",
            "region", "s3.region",
            "bucket", "s3.bucket",
            "path_style", "s3.path.style.access",
            "access_key_id", "s3.access.key.id",
            "secret_access_key", "s3.secret.access.key");

    private final Pipeline pipeline;
    private final Map<String, Connection> connections;
    private final PlanOptions options;
    private final List<Problem> problems;

    ConnectorPlanner(
            Pipeline pipeline, Map<String, Connection> connections, PlanOptions options, List<Problem> problems) {
        this.pipeline = pipeline;
        this.connections = connections;
        this.options = options;
        this.problems = problems;
    }

    List<ConnectorPlan> plan(Map<String, Relation> relations, Map<String, SourceNeeds> needs) {
        List<ConnectorPlan> plans = new ArrayList<>();
        for (Source source : pipeline.sources()) {
            Map<String, String> config = config(source.connector(), source.location(), true);
            if (config != null) {
                addSourceKeys(source, needs.get(source.name().toLowerCase(Locale.ROOT)), config);
                plans.add(new ConnectorPlan(
                        pipeline.name() + "-source-" + source.name(),
                        ConnectorPlan.Direction.SOURCE,
                        source.name(),
                        source.isTable(),
                        config));
            }
        }
        for (Sink sink : pipeline.sinks()) {
            Relation from = relations.get(sink.from().toLowerCase(Locale.ROOT));
            Map<String, String> config = config(sink.connector(), sink.location(), false);
            if (config != null && from != null) {
                addSinkKeys(from, sink.connector(), config);
                plans.add(new ConnectorPlan(
                        pipeline.name() + "-sink-" + sink.name(),
                        ConnectorPlan.Direction.SINK,
                        sink.from(),
                        false,
                        config));
            }
        }
        return plans;
    }

    /** The configuration as the document gives it; null when there is no connector to make, or no way to make it. */
    private @Nullable Map<String, String> config(Connector connector, Location location, boolean isSource) {
        String type = connector.type();
        if (type.equals("topic")) {
            return null;
        }
        Map<String, String> config = new LinkedHashMap<>();
        if (type.equals("jdbc")) {
            config.put(
                    "connector.class", "io.millrace.connect.jdbc.Jdbc" + (isSource ? "Source" : "Sink") + "Connector");
        } else if (type.equals("s3")) {
            config.put("connector.class", "io.millrace.connect.s3.S3" + (isSource ? "Source" : "Sink") + "Connector");
        } else if (type.indexOf('.') > 0) {
            config.put("connector.class", type);
        } else {
            problems.add(new Problem(
                    connector.typeLocation(),
                    "There is no connector '" + type + "'",
                    NearestName.of(type, TYPES)
                            .map(nearest -> "did you mean '" + nearest + "'?")
                            .orElse("jdbc, s3, topic, or the class name of a Connect connector")));
            return null;
        }
        Map<String, String> keys = type.equals("jdbc") ? JDBC_KEYS : type.equals("s3") ? S3_KEYS : Map.of();
        if (!addConnection(connector, location, type, keys, config)) {
            return null;
        }
        // A registry that is away for a while stops nothing: what converts rows waits for it.
        config.put("errors.retry.timeout", "-1");
        config.put("errors.retry.delay.max.ms", "5000");
        config.putAll(connector.config());
        return config;
    }

    private boolean addConnection(
            Connector connector, Location location, String type, Map<String, String> keys, Map<String, String> config) {
        String name = connector.connection();
        if (name == null) {
            if (keys.isEmpty()) {
                return true;
            }
            problems.add(new Problem(location, "A " + type + " connector needs a connection", "add connection: NAME"));
            return false;
        }
        Connection connection = connections.get(name);
        if (connection == null) {
            problems.add(new Problem(
                    connector.connectionLocation(),
                    "There is no connection '" + name + "'",
                    NearestName.of(name, connections.keySet())
                            .map(nearest -> "did you mean '" + nearest + "'?")
                            .orElse("add a document of kind: Connection with this name")));
            return false;
        }
        if (!keys.isEmpty() && !connection.type().equals(type)) {
            problems.add(Problem.at(
                    connector.connectionLocation(),
                    "Connection '" + name + "' is of type " + connection.type() + ", but the connector is " + type));
            return false;
        }
        return addConnectionKeys(connection, keys, config);
    }

    private boolean addConnectionKeys(Connection connection, Map<String, String> keys, Map<String, String> config) {
        boolean isSound = true;
        for (Map.Entry<String, String> entry : connection.config().entrySet()) {
            String key = keys.isEmpty() ? entry.getKey() : keys.get(entry.getKey());
            if (key == null) {
                problems.add(new Problem(
                        connection.location(),
                        "Connection '" + connection.name() + "' has an unknown key '" + entry.getKey() + "'",
                        NearestName.of(entry.getKey(), keys.keySet())
                                .map(nearest -> "did you mean '" + nearest + "'?")
                                .orElse("a " + connection.type() + " connection has "
                                        + String.join(
                                                ", ",
                                                keys.keySet().stream().sorted().toList()))));
                isSound = false;
            } else {
                config.put(key, entry.getValue());
            }
        }
        return isSound;
    }

    private void addSourceKeys(Source source, @Nullable SourceNeeds needs, Map<String, String> config) {
        config.putIfAbsent("tasks.max", "1");
        config.put("topic", pipeline.name() + "." + source.name());
        if (source.columns() != null) {
            config.put(
                    "columns",
                    needs != null && needs.isColumnsPushed()
                            ? columns(source.columns(), needs.columns())
                            : source.columns().value().strip());
        }
        if (needs != null && needs.isWherePushed()) {
            config.merge("where", needs.where(), (own, pushed) -> "(" + own + ") AND " + pushed);
        }
        if (!source.key().isEmpty()) {
            config.put("key.columns", String.join(",", source.key()));
        }
        if (options.isJob()) {
            config.put("run.mode", "once");
            config.put("run.id", options.runId());
            config.put("end.topic", options.sourceEndTopic());
        }
        config.put("dead.letter.topic", pipeline.name() + ".quarantine");
        config.put("dead.letter.pipeline", pipeline.name());
        config.put("dead.letter.relation", source.name());
    }

    /** The columns of a list that have these names, as they are written there. */
    private static String columns(Text list, List<String> names) {
        List<String> all = ColumnList.read(list, new ArrayList<>()).getFieldNames();
        List<String> texts = ColumnList.texts(list);
        return names.stream().map(name -> texts.get(all.indexOf(name))).collect(Collectors.joining(", "));
    }

    private void addSinkKeys(Relation from, Connector connector, Map<String, String> config) {
        config.putIfAbsent("tasks.max", "1");
        config.put("topics", from.topic());
        // What a transaction of the processor that was aborted left on the topic is no row.
        config.put("consumer.override.isolation.level", "read_committed");
        if (options.isJob() && connector.type().equals("s3")) {
            // The run ends when everything is in completed objects; none waits for a full file.
            config.putIfAbsent("rotate.idle.ms", "1000");
        }
    }
}
