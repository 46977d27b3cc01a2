package io.millrace.orchestrator;

import io.millrace.engine.plan.ConnectorPlan;
import io.millrace.engine.plan.ConnectorPlan.Direction;
import io.millrace.orchestrator.RunException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors of a run, from their validation to their removal. */
final class RunConnectors {

    private static final Logger LOG = LoggerFactory.getLogger(RunConnectors.class);

    private final List<ConnectorPlan> plans;
    private final ConnectClient connect;
    private final Topics topics;
    private final List<String> started = new ArrayList<>();

    RunConnectors(List<ConnectorPlan> plans, ConnectClient connect, Topics topics) {
        this.plans = plans;
        this.connect = connect;
        this.topics = topics;
    }

    /** Asks each connector's own validation; throws with everything that is wrong. */
    void requireSound() throws RunException {
        List<String> errors = new ArrayList<>();
        for (ConnectorPlan connector : plans) {
            for (String error : connect.validate(connector.name(), connector.config())) {
                errors.add(connector.name() + ": " + error);
            }
        }
        if (!errors.isEmpty()) {
            throw new RunException(Kind.REFUSED, String.join("\n", errors));
        }
    }

    /** A run that was killed leaves its connectors, and a failed one would stay as it is when it is put again. */
    void removeLeftovers() throws RunException {
        for (ConnectorPlan connector : plans) {
            connect.delete(connector.name());
        }
    }

    /** Starts the sources of tables, or those of streams; returns their names. */
    List<String> startSources(boolean ofTables) throws RunException {
        List<String> names = new ArrayList<>();
        for (ConnectorPlan connector : plans) {
            if (connector.direction() == Direction.SOURCE && connector.feedsTable() == ofTables) {
                start(connector.name(), connector.config());
                names.add(connector.name());
            }
        }
        return names;
    }

    /** Starts the sinks, each told the identity of its topic: offsets that it stored for a topic made before say nothing of this one. */
    void startSinks() throws RunException {
        for (ConnectorPlan connector : plans) {
            if (connector.direction() == Direction.SINK) {
                Map<String, String> config = new LinkedHashMap<>(connector.config());
                if (config.getOrDefault("connector.class", "").startsWith("io.millrace.")) {
                    config.put("run.id", topics.id(config.getOrDefault("topics", "")));
                }
                start(connector.name(), config);
            }
        }
    }

    private void start(String name, Map<String, String> config) throws RunException {
        // Noted before: an answer that does not come says nothing of what was done.
        started.add(name);
        connect.put(name, config);
    }

    /** The names of those that were started. */
    List<String> started() {
        return List.copyOf(started);
    }

    /** Removes what was started. Offsets stay, so that the next run goes on from there. */
    void remove() {
        for (String connector : started) {
            try {
                connect.delete(connector);
            } catch (RunException e) {
                LOG.warn("Connector {} is not removed: {}", connector, e.getMessage());
            }
        }
    }
}
