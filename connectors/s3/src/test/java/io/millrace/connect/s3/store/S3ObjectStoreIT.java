package io.millrace.connect.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3ObjectStoreIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldPutListAndOpen(boolean hasKeys) throws Exception {
        try (S3Server server = S3Server.start(directory, hasKeys)) {
            Map<String, String> config = server.config();
            if (hasKeys) {
                config.put(S3Options.ACCESS_KEY_ID, "me");
                config.put(S3Options.SECRET_ACCESS_KEY, "sesame");
            }
            try (S3ObjectStore store = S3Server.store(config)) {
                byte[] content = new byte[3_000_000];
                new Random(1).nextBytes(content);
                Path file = Files.write(directory.resolve("file"), content);
                store.put("p/1 ü+=.bin", file);
                store.put("p/2.bin", Files.write(directory.resolve("small"), new byte[] {1}));
                store.put("p/2.bin", Files.write(directory.resolve("small"), new byte[] {2, 3}));
                store.put("q/3.bin", file);
                assertThat(list(store, "p/", ""))
                        .extracting(StoredObject::key)
                        .containsExactly("p/1 ü+=.bin", "p/2.bin");
                assertThat(list(store, "p/", "p/1 ü+=.bin"))
                        .extracting(StoredObject::size)
                        .containsExactly(2L);
                try (ObjectContent read = store.open("p/1 ü+=.bin")) {
                    assertThat(read.bytes().readAllBytes()).isEqualTo(content);
                    assertThat(read.etag())
                            .isEqualTo(list(store, "p/1", "").get(0).etag());
                }
                try (ObjectContent half = store.open("p/1 ü+=.bin")) {
                    assertThat(half.bytes().readNBytes(10)).hasSize(10);
                }
                assertThat(store.open("p/none")).isNull();
            }
        }
    }

    @Test
    void shouldListPageByPage() throws Exception {
        try (S3Server server = S3Server.start(directory, false);
                S3ObjectStore store = S3Server.store(server.config())) {
            for (int i = 0; i < 1203; i++) {
                Files.write(directory.resolve("bucket").resolve("o" + (1000 + i)), new byte[] {1});
            }
            List<Integer> pages = new ArrayList<>();
            store.list("o", "", page -> pages.add(page.size()));
            assertThat(pages).containsExactly(1000, 203);
            assertThat(list(store, "o", ""))
                    .extracting(StoredObject::key)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldTellWhatToMendFromWhatPasses() throws Exception {
        Path small = Files.write(directory.resolve("small"), new byte[] {1});
        try (S3Server server = S3Server.start(directory, true)) {
            Map<String, String> wrong = server.config();
            wrong.put(S3Options.ACCESS_KEY_ID, "me");
            wrong.put(S3Options.SECRET_ACCESS_KEY, "abracadabra");
            try (S3ObjectStore store = S3Server.store(wrong)) {
                assertThatThrownBy(() -> list(store, "p/", ""))
                        .isInstanceOf(ConnectException.class)
                        .isNotInstanceOf(RetriableException.class)
                        .hasMessageStartingWith("List s3://bucket/p/: S3 answers 403 ")
                        .hasMessageEndingWith("check s3.access.key.id, its secret and what it may do");
                assertThatThrownBy(() -> store.put("x", small))
                        .hasMessageStartingWith("Write s3://bucket/x: S3 answers 403");
                assertThatThrownBy(() -> store.open("x")).hasMessageStartingWith("Read s3://bucket/x: S3 answers 403");
            }
        }
        try (S3Server server = S3Server.start(directory, false)) {
            Map<String, String> wrong = server.config();
            wrong.put(S3Options.BUCKET, "none");
            try (S3ObjectStore store = S3Server.store(wrong)) {
                assertThatThrownBy(() -> list(store, "", ""))
                        .isNotInstanceOf(RetriableException.class)
                        .hasMessage(
                                "List s3://none/: S3 answers 404 NoSuchBucket: check s3.bucket and s3.path.style.access");
                assertThatThrownBy(() -> store.open("x"))
                        .isNotInstanceOf(RetriableException.class)
                        .hasMessageContaining("404 NoSuchBucket");
                assertThatThrownBy(() -> store.put("x", small)).hasMessageContaining("404 NoSuchBucket");
            }
        }
        URI nobody = URI.create("http://127.0.0.1:" + S3Server.freePort());
        try (S3ObjectStore store = S3Server.store(S3Server.config(nobody))) {
            assertThatThrownBy(() -> list(store, "p/", ""))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageStartingWith("List s3://bucket/p/: S3 at " + nobody + " cannot be reached");
            assertThatThrownBy(() -> store.put("x", small)).isInstanceOf(RetriableException.class);
            assertThatThrownBy(() -> store.open("x")).isInstanceOf(RetriableException.class);
        }
    }

    /** A server that closes its connections early: to the HTTP client that looks like the end of the content. */
    @Test
    void shouldNoticeATransferThatEndsEarly() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerHalf(socket));
            server.start();
            URI endpoint = URI.create("http://127.0.0.1:" + socket.getLocalPort());
            try (S3ObjectStore store = S3Server.store(S3Server.config(endpoint));
                    ObjectContent content = store.open("x")) {
                assertThat(content.size()).isEqualTo(100);
                assertThatThrownBy(() -> content.bytes().readAllBytes())
                        .isInstanceOf(BrokenTransferException.class)
                        .hasMessageContaining("s3://bucket/x: the transfer ");
            }
            server.join();
        }
    }

    private static void answerHalf(ServerSocket socket) {
        try (Socket connection = socket.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: \"e\"\r\n\r\n" + "x".repeat(50))
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<StoredObject> list(ObjectStore store, String prefix, String after) {
        List<StoredObject> objects = new ArrayList<>();
        store.list(prefix, after, objects::addAll);
        return objects;
    }
}
