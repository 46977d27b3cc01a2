package io.millrace.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns HTTP exchanges into requests and answers. */
final class HttpFrontend implements HttpHandler {

    static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final Logger LOG = LoggerFactory.getLogger(HttpFrontend.class);
    private static final int MAX_BODY_BYTES = 16 << 20;

    private final Router router;

    HttpFrontend(Router router) {
        this.router = router;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ApiResponse response = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(response.status(), -1);
            } else {
                exchange.sendResponseHeaders(response.status(), response.body().length);
                exchange.getResponseBody().write(response.body());
            }
        }
    }

    private ApiResponse answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        try {
            if (body.length > MAX_BODY_BYTES) {
                throw new ApiException(413, 413, "The body is larger than " + MAX_BODY_BYTES + " bytes");
            }
            Router.Match match = router.find(method, path);
            return match.handler()
                    .handle(new ApiRequest(match.variables(), query == null ? Map.of() : Router.query(query), body));
        } catch (ApiException e) {
            LOG.debug("{} {} is refused with {}: {}", method, path, e.errorCode(), e.getMessage());
            return ApiResponse.error(e.status(), e.errorCode(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("{} {} failed", method, path, e);
            return ApiResponse.error(500, 500, "The request failed: " + e);
        }
    }
}
