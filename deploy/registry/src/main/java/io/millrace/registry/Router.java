package io.millrace.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds who answers a request, by its method and path. */
final class Router {

    /** Answers requests to one route. */
    interface Handler {
        ApiResponse handle(ApiRequest request);
    }

    /** What was found: the handler and the values of the path's variables. */
    record Match(Handler handler, Map<String, String> variables) {}

    private record Route(String method, List<String> pattern, Handler handler) {

        Optional<Map<String, String>> match(List<String> path) {
            if (path.size() != pattern.size()) {
                return Optional.empty();
            }
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String expected = pattern.get(i);
                if (expected.startsWith("{")) {
                    variables.put(expected.substring(1, expected.length() - 1), path.get(i));
                } else if (!expected.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route such as {@code /subjects/{subject}}; of two that match, the one added first answers. */
    Router on(String method, String pattern, Handler handler) {
        routes.add(new Route(method, segments(pattern), handler));
        return this;
    }

    /**
     * Finds the route.
     *
     * @param rawPath as in the request, still encoded, so that a subject may have a slash in it
     * @throws ApiException 404 when there is no such path, 405 when it has no such method
     */
    Match find(String method, String rawPath) {
        List<String> path = segments(rawPath).stream().map(Router::decoded).toList();
        Set<String> methods = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent()) {
                if (route.method().equals(method)) {
                    return new Match(route.handler(), variables.get());
                }
                methods.add(route.method());
            }
        }
        throw methods.isEmpty()
                ? new ApiException(404, 404, "There is nothing at " + rawPath)
                : new ApiException(
                        405, 405, rawPath + " has no method " + method + ", only " + String.join(", ", methods));
    }

    private static List<String> segments(String path) {
        String trimmed = path.replaceAll("^/|/$", "");
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
    }

    /** Undoes percent-encoding; unlike in a form, a plus is a plus. */
    static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, 400, "'" + segment + "' is not percent-encoded rightly");
        }
    }

    /** The parameters of a query string. */
    static Map<String, String> query(String rawQuery) {
        Map<String, String> result = new HashMap<>();
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            result.put(decoded(name.replace("+", "%20")), decoded(value.replace("+", "%20")));
        }
        return result;
    }
}
