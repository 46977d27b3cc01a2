package io.millrace.local;

import io.millrace.cli.stack.StackException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/** A distributed Connect worker whose plugins lie in directories of their own, as in any other worker. */
final class ConnectNode implements AutoCloseable {

    private final Connect<DistributedHerder> connect;

    private ConnectNode(Connect<DistributedHerder> connect) {
        this.connect = connect;
    }

    static ConnectNode start(Ports ports, URI registry, List<String> pluginPath) throws StackException {
        // The stack stops its parts in order; a hook of Connect's own would run beside that.
        Exit.setShutdownHookAdder((name, hook) -> {});
        try {
            return new ConnectNode(new ConnectDistributed().startConnect(settings(ports, registry, pluginPath)));
        } catch (RuntimeException e) {
            throw new StackException("Kafka Connect does not start: " + e.getMessage(), e);
        } finally {
            Exit.resetShutdownHookAdder();
        }
    }

    private static Map<String, String> settings(Ports ports, URI registry, List<String> pluginPath) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("bootstrap.servers", Ports.HOST + ":" + ports.kafka());
        settings.put("group.id", "millrace-connect");
        settings.put("listeners", "http://" + Ports.HOST + ":" + ports.connect());
        settings.put("rest.advertised.host.name", Ports.HOST);
        settings.put("plugin.path", String.join(",", pluginPath));
        settings.put("plugin.discovery", "service_load");
        for (String storage : List.of("config", "offset", "status")) {
            settings.put(storage + ".storage.topic", "millrace-connect-" + storage);
            settings.put(storage + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        for (String converter : List.of("key.converter", "value.converter")) {
            settings.put(converter, "io.millrace.connect.avro.AvroConverter");
            settings.put(converter + ".schema.registry.url", registry.toString());
            // Schemas on topics are plain Avro, the same whoever writes them.
            settings.put(converter + ".connect.meta.data", "false");
        }
        settings.put("exactly.once.source.support", "enabled");
        settings.put("connector.client.config.override.policy", "All");
        // A run waits for the sinks' offsets, and there is no other worker to wait for.
        settings.put("offset.flush.interval.ms", "1000");
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("consumer.fetch.max.wait.ms", "100");
        settings.put("consumer.isolation.level", "read_committed");
        // ${env:NAME} and ${file:PATH:KEY}, resolved in this process and never written to a topic
        settings.put("config.providers", "env,file");
        settings.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        settings.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        return settings;
    }

    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }
}
