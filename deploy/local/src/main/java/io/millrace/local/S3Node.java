package io.millrace.local;

import io.millrace.cli.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server whose buckets are directories and whose objects are files; it asks for no credentials. */
final class S3Node implements AutoCloseable {

    static final String BUCKET = "millrace";

    private final S3Proxy server;

    private S3Node(S3Proxy server) {
        this.server = server;
    }

    static S3Node start(Path directory, int port) throws StackException {
        try {
            Files.createDirectories(directory.resolve(BUCKET));
            S3Proxy server = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                    .awsAuthentication(AuthenticationType.NONE, "", "")
                    .endpoint(URI.create("http://" + Ports.HOST + ":" + port))
                    .ignoreUnknownHeaders(true)
                    .build();
            server.start();
            return new S3Node(server);
        } catch (Exception e) {
            throw new StackException("The S3 server does not start on " + directory + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IOException("The S3 server does not stop: " + e.getMessage(), e);
        }
    }
}
