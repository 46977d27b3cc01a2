package io.millrace.local;

import io.millrace.cli.stack.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts listen on 127.0.0.1.
 *
 * @param kafka the broker
 * @param controller the broker's controller
 * @param connect the Connect worker's REST API
 * @param registry the Schema Registry
 * @param postgres the database
 * @param s3 the S3 server
 */
record Ports(int kafka, int controller, int connect, int registry, int postgres, int s3) {

    static final String HOST = "127.0.0.1";

    static final Ports FIXED = new Ports(19092, 19093, 18083, 18081, 15432, 19000);

    /** Ports that nobody listens on now. */
    static Ports free() throws StackException {
        try {
            return free(new ArrayList<>());
        } catch (IOException e) {
            throw new StackException("No free port on " + HOST + ": " + e.getMessage(), e);
        }
    }

    /** Every port is held until the last is found, so that none comes twice. */
    private static Ports free(List<Integer> found) throws IOException {
        if (found.size() == 6) {
            return new Ports(found.get(0), found.get(1), found.get(2), found.get(3), found.get(4), found.get(5));
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            found.add(socket.getLocalPort());
            return free(found);
        }
    }

    /** Throws for the first part whose port is taken, before anything has been started. */
    void requireFree() throws StackException {
        requireFree("Kafka", kafka);
        requireFree("the Kafka controller", controller);
        requireFree("Kafka Connect", connect);
        requireFree("the Schema Registry", registry);
        requireFree("Postgres", postgres);
        requireFree("S3", s3);
    }

    private static void requireFree(String part, int port) throws StackException {
        try (ServerSocket socket = new ServerSocket()) {
            // A port that was just closed lingers; nobody listens there, so it counts as free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StackException(
                    "Port " + port + " on " + HOST + ", which " + part
                            + " needs, is in use. Stop the program that listens there, or start the stack with --ports free.",
                    e);
        }
    }
}
