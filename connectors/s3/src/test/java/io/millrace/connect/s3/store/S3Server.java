package io.millrace.connect.s3.store;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 server on the loopback interface, whose bucket {@code bucket} is a directory. */
public final class S3Server implements AutoCloseable {

    private final S3Proxy server;
    private final URI endpoint;

    private S3Server(S3Proxy server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    /** Starts a server that asks for no credentials, or, with {@code keys}, for the user {@code me} with the secret {@code sesame}. */
    public static S3Server start(Path directory, boolean keys) throws Exception {
        return start(directory, URI.create("http://127.0.0.1:" + freePort()), keys);
    }

    /** Starts a server without credentials where this one was. */
    public S3Server again(Path directory) throws Exception {
        return start(directory, endpoint, false);
    }

    private static S3Server start(Path directory, URI endpoint, boolean keys) throws Exception {
        Files.createDirectories(directory.resolve("bucket"));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .awsAuthentication(
                        keys ? AuthenticationType.AWS_V4 : AuthenticationType.NONE,
                        keys ? "me" : "",
                        keys ? "sesame" : "")
                .endpoint(endpoint)
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        return new S3Server(server, endpoint);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A connector's keys for this server. */
    public Map<String, String> config() {
        return config(endpoint);
    }

    static Map<String, String> config(URI endpoint) {
        return new HashMap<>(Map.of(
                S3Options.BUCKET, "bucket", S3Options.ENDPOINT, endpoint.toString(), S3Options.PATH_STYLE, "true"));
    }

    static S3ObjectStore store(Map<String, String> config) {
        return new S3ObjectStore(S3Options.of(new AbstractConfig(S3Options.define(new ConfigDef()), config, false)));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
