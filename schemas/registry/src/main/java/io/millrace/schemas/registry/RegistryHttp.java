package io.millrace.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Requests to one of several equal registries: the next URL when one does not answer, and all of them again after a wait. */
final class RegistryHttp {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_WAIT_MS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> urls;
    private final Duration timeout;
    private final int retries;
    private final int retryWaitMs;
    private final @Nullable String authorization;
    private final HttpClient client;
    private volatile int preferred;

    RegistryHttp(SchemaRegistryConfig config) {
        this.urls = config.urls();
        this.timeout = Duration.ofMillis(config.getInt(SchemaRegistryConfig.TIMEOUT_MS));
        this.retries = config.getInt(SchemaRegistryConfig.RETRIES);
        this.retryWaitMs = config.getInt(SchemaRegistryConfig.RETRY_WAIT_MS);
        this.authorization = authorization(config);
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
        RegistryTls.apply(config, builder);
        this.client = builder.build();
    }

    private static @Nullable String authorization(SchemaRegistryConfig config) {
        if (config.bearerToken() != null) {
            return "Bearer " + config.bearerToken();
        }
        String userInfo = config.userInfo();
        return userInfo == null ? null : basic(userInfo);
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode get(String path) {
        return send(path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return send(path, body.toString());
    }

    private JsonNode send(String path, @Nullable String body) {
        RegistryException last = null;
        for (int attempt = 0; attempt <= retries; attempt++) {
            if (attempt > 0) {
                pause(attempt);
            }
            for (int i = 0; i < urls.size(); i++) {
                int index = (preferred + i) % urls.size();
                try {
                    JsonNode answer = exchange(urls.get(index), path, body);
                    preferred = index;
                    return answer;
                } catch (RegistryException e) {
                    if (!e.isTransient()) {
                        throw e;
                    }
                    last = e;
                }
            }
        }
        throw last == null
                ? new RegistryException(RegistryException.UNREACHABLE, true, "No Schema Registry is configured")
                : last;
    }

    private void pause(int attempt) {
        try {
            Thread.sleep(Math.min(MAX_WAIT_MS, (long) retryWaitMs << Math.min(attempt - 1, 10)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(RegistryException.UNREACHABLE, true, "Interrupted while waiting", e);
        }
    }

    private JsonNode exchange(String url, String path, @Nullable String body) {
        URI base = URI.create(url);
        String userInfo = base.getUserInfo();
        String address = userInfo == null ? url : url.replace(base.getRawUserInfo() + "@", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(timeout)
                .header("Accept", MEDIA_TYPE + ", application/json");
        String credentials = authorization == null && userInfo != null ? basic(userInfo) : authorization;
        if (credentials != null) {
            request.header("Authorization", credentials);
        }
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            return answer(address + path, client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (SSLHandshakeException | SSLPeerUnverifiedException e) {
            // Trying again would not make either side trust the other.
            throw new RegistryException(
                    RegistryException.UNTRUSTED,
                    false,
                    "No TLS with the Schema Registry at " + address + ": " + e.getMessage()
                            + "; see the keys " + RegistryTls.PREFIX + "ssl.truststore.* and " + RegistryTls.PREFIX
                            + "ssl.keystore.*",
                    e);
        } catch (IOException e) {
            throw new RegistryException(
                    RegistryException.UNREACHABLE,
                    true,
                    "The Schema Registry at " + address + " does not answer: " + e,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(RegistryException.UNREACHABLE, true, "Interrupted while asking " + address, e);
        }
    }

    private static JsonNode answer(String address, HttpResponse<String> response) {
        int status = response.statusCode();
        // 429 and 5xx pass: no leader yet, a store that times out, too many requests.
        boolean isTransient = status >= 500 || status == 429;
        JsonNode body;
        try {
            body = JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            int code = status / 100 == 2 ? RegistryException.UNREACHABLE : status;
            throw new RegistryException(
                    code, isTransient, address + " answered " + status + " without JSON; is it a Schema Registry?", e);
        }
        if (status / 100 == 2) {
            return body;
        }
        throw new RegistryException(
                body.path("error_code").asInt(status),
                isTransient,
                address + " answered " + status + ": " + body.path("message").asText(response.body()));
    }
}
