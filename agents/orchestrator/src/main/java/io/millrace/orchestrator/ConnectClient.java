package io.millrace.orchestrator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.document.NearestName;
import io.millrace.orchestrator.RunException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A Connect worker's REST API, as far as a run needs it. */
final class ConnectClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String OWN = "io.millrace.";
    private static final List<String> PREFIXES = List.of(
            "key.converter.",
            "value.converter.",
            "header.converter.",
            "transforms.",
            "predicates.",
            "producer.override.",
            "consumer.override.",
            "admin.override.",
            "topic.creation.");
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT_TRIES = 50;
    private static final Duration CONFLICT_PAUSE = Duration.ofMillis(200);

    private final URI worker;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    ConnectClient(URI worker) {
        this.worker = worker;
    }

    /** What the connector's own validation says is wrong, one line each with its key; empty when nothing is. */
    List<String> validate(String name, Map<String, String> config) throws RunException {
        String type = config.getOrDefault("connector.class", "");
        Map<String, String> named = new java.util.HashMap<>(config);
        named.put("name", name);
        JsonNode answer;
        try {
            answer = send("PUT", "/connector-plugins/" + encoded(type) + "/config/validate", named);
        } catch (RunException e) {
            if (e.kind() == Kind.REFUSED || String.valueOf(e.getMessage()).contains("Failed to find any class")) {
                throw new RunException(
                        Kind.REFUSED,
                        "The Connect worker at " + worker + " does not know the connector " + type
                                + "; install its plugin in the worker's plugin.path",
                        e);
            }
            throw e;
        }
        List<String> errors = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        for (JsonNode option : answer.path("configs")) {
            JsonNode value = option.path("value");
            known.add(value.path("name").asText());
            for (JsonNode error : value.path("errors")) {
                errors.add(value.path("name").asText() + ": " + error.asText());
            }
        }
        if (type.startsWith(OWN)) {
            errors.addAll(unknown(named.keySet(), known));
        }
        return errors;
    }

    /** Connect takes keys that no connector knows; ours know all of theirs, so what is left is a slip of the pen. */
    private static List<String> unknown(Set<String> keys, Set<String> known) {
        return keys.stream()
                .filter(key -> !known.contains(key) && PREFIXES.stream().noneMatch(key::startsWith))
                .sorted()
                .map(key -> key + ": the connector has no such option"
                        + NearestName.of(key, known)
                                .map(nearest -> "; did you mean " + nearest + "?")
                                .orElse(""))
                .toList();
    }

    /** Creates the connector or changes it to this configuration. */
    void put(String name, Map<String, String> config) throws RunException {
        send("PUT", "/connectors/" + encoded(name) + "/config", config);
    }

    /** Removes the connector, if it is there. Its source offsets and consumer group stay. */
    void delete(String name) throws RunException {
        send("DELETE", "/connectors/" + encoded(name), null);
    }

    /** What a failed connector or task of this name says, in one line, or that it is gone; empty while it works. */
    Optional<String> failure(String name) throws RunException {
        JsonNode status = send("GET", "/connectors/" + encoded(name) + "/status", null);
        if (status.isMissingNode()) {
            // A worker that has just taken it does not know its status yet.
            return send("GET", "/connectors/" + encoded(name), null).isMissingNode()
                    ? Optional.of("it is not there any more; something else has removed it")
                    : Optional.empty();
        }
        if (isFailed(status.path("connector"))) {
            return Optional.of(said(status.path("connector")));
        }
        for (JsonNode task : status.path("tasks")) {
            if (isFailed(task)) {
                return Optional.of(said(task));
            }
        }
        return Optional.empty();
    }

    private static boolean isFailed(JsonNode part) {
        return part.path("state").asText().equals("FAILED");
    }

    /** The first exception of a trace that is not the worker's own wrapping is the one that the connector threw for people. */
    private static String said(JsonNode part) {
        return part.path("trace")
                .asText()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\t"))
                .filter(line -> !line.contains("Tolerance exceeded in error handler")
                        && !line.contains("due to unrecoverable exception"))
                .findFirst()
                .map(line -> line.replaceFirst("^Caused by: ", "").replaceFirst("^[a-z][\\w.]*\\.[A-Z]\\w*: ", ""))
                .orElse("it failed without a trace");
    }

    private JsonNode send(String method, String path, @org.jspecify.annotations.Nullable Object body)
            throws RunException {
        try {
            HttpRequest request = HttpRequest.newBuilder(worker.resolve(path))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            for (int attempt = 1; ; attempt++) {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == CONFLICT && attempt < CONFLICT_TRIES) {
                    // The workers are rebalancing; the API takes nothing until they are done.
                    Thread.sleep(CONFLICT_PAUSE.toMillis());
                    continue;
                }
                return answer(method, path, response);
            }
        } catch (IOException e) {
            throw new RunException(Kind.UNREACHABLE, "The Connect worker at " + worker + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException(Kind.FAILED, "Interrupted while asking the Connect worker at " + worker, e);
        }
    }

    private JsonNode answer(String method, String path, HttpResponse<String> response)
            throws RunException, JsonProcessingException {
        int status = response.statusCode();
        if (status == NOT_FOUND && !method.equals("PUT")) {
            return MissingNode.getInstance();
        }
        if (status >= 300) {
            String message = message(response.body());
            throw new RunException(
                    status >= 500 || status == CONFLICT ? Kind.UNREACHABLE : Kind.REFUSED,
                    "The Connect worker at " + worker + " refuses " + method + " " + path + ": " + message);
        }
        return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
    }

    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
