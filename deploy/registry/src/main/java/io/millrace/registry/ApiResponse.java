package io.millrace.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/** An answer: its HTTP status and its body. */
record ApiResponse(int status, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A JSON tree, a list, a map or a number. */
    static ApiResponse json(Object value) {
        return json(200, value);
    }

    /** A schema that is JSON itself. */
    static ApiResponse raw(String text) {
        return new ApiResponse(200, text.getBytes(StandardCharsets.UTF_8));
    }

    static ApiResponse error(int status, int errorCode, String message) {
        return json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error_code", errorCode)
                        .put("message", message));
    }

    private static ApiResponse json(int status, Object value) {
        try {
            return new ApiResponse(status, JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer could not be written as JSON", e);
        }
    }
}
