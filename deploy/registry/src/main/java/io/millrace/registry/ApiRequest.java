package io.millrace.registry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request after routing.
 *
 * @param path the values of the path's variables, decoded
 * @param query the parameters, the last one of a name
 */
record ApiRequest(Map<String, String> path, Map<String, String> query, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A variable of the path. */
    String variable(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }

    String subject() {
        return variable("subject");
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(query.get(name));
    }

    /** A page of {@code all}, as the parameters offset and limit ask for. */
    <T> List<T> page(List<T> all) {
        int from = Math.min(all.size(), Math.max(0, integer("offset", 0)));
        int limit = integer("limit", -1);
        return limit < 0 || limit > all.size() - from ? all.subList(from, all.size()) : all.subList(from, from + limit);
    }

    private int integer(String name, int absent) {
        String text = query.get(name);
        try {
            return text == null ? absent : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ApiException(400, 400, "Parameter " + name + " must be a whole number, not '" + text + "'");
        }
    }

    /** The body, which must be a JSON object. */
    ObjectNode json() {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new ApiException(400, 400, "The body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.unprocessable("The body must be a JSON object");
    }
}
