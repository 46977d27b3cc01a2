package io.millrace.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Speaks Confluent's REST API. Ids and schemas never change, so both are kept once known. */
final class HttpSchemaRegistryClient implements SchemaRegistryClient {

    private record SubjectSchema(String subject, Schema schema) {}

    private static final int MAX_CACHED = 1000;
    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int NOT_AVRO = 42201;

    private final RegistryHttp http;
    private final boolean autoRegister;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();

    HttpSchemaRegistryClient(SchemaRegistryConfig config) {
        this.http = new RegistryHttp(config);
        this.autoRegister = config.autoRegister();
    }

    @Override
    public int register(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        String path = autoRegister ? "/subjects/" + encoded(subject) + "/versions" : "/subjects/" + encoded(subject);
        int id = number(http.post(path, request(schema)), "id");
        remember(key, id);
        return id;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = number(http.post("/subjects/" + encoded(subject), request(schema)), "id");
        remember(key, id);
        return id;
    }

    private void remember(SubjectSchema key, int id) {
        if (ids.size() >= MAX_CACHED) {
            ids.clear();
        }
        ids.put(key, id);
    }

    @Override
    public Schema schemaOf(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Schema schema = parse("with id " + id, http.get("/schemas/ids/" + id));
        if (schemas.size() >= MAX_CACHED) {
            schemas.clear();
        }
        schemas.put(id, schema);
        return schema;
    }

    @Override
    public Optional<SubjectVersion> latest(String subject) {
        try {
            JsonNode found = http.get("/subjects/" + encoded(subject) + "/versions/latest");
            return Optional.of(new SubjectVersion(
                    subject,
                    number(found, "version"),
                    number(found, "id"),
                    parse("of subject '" + subject + "'", found)));
        } catch (RegistryException e) {
            if (e.errorCode() == SUBJECT_NOT_FOUND || e.errorCode() == VERSION_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean isCompatible(String subject, Schema schema) {
        try {
            return http.post("/compatibility/subjects/" + encoded(subject) + "/versions/latest", request(schema))
                    .path("is_compatible")
                    .asBoolean();
        } catch (RegistryException e) {
            if (e.errorCode() == SUBJECT_NOT_FOUND || e.errorCode() == VERSION_NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }

    private static int number(JsonNode answer, String field) {
        JsonNode number = answer.path(field);
        if (!number.canConvertToInt()) {
            throw new RegistryException(
                    RegistryException.UNREACHABLE,
                    false,
                    "The answer has no number '" + field + "'; is " + SchemaRegistryConfig.URL
                            + " a Schema Registry's?");
        }
        return number.asInt();
    }

    /** Parses a schema after the schemas that it refers to, each once and each before the ones that need it. */
    private Schema parse(String which, JsonNode response) {
        String type = response.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryException(NOT_AVRO, false, "The schema " + which + " is " + type + ", not AVRO");
        }
        // Whoever registered the schema has the last word on its defaults; readers may have no use for them.
        Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
        try {
            parseReferences(response, parser, new HashSet<>());
            return parser.parse(response.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new RegistryException(
                    NOT_AVRO, false, "The schema " + which + " is not one that Avro understands: " + e.getMessage(), e);
        }
    }

    private void parseReferences(JsonNode schema, Schema.Parser parser, Set<String> seen) {
        for (JsonNode reference : schema.path("references")) {
            String subject = reference.path("subject").asText();
            int version = reference.path("version").asInt();
            if (seen.add(subject + "/" + version)) {
                JsonNode referred = http.get("/subjects/" + encoded(subject) + "/versions/" + version);
                parseReferences(referred, parser, seen);
                parser.parse(referred.path("schema").asText());
            }
        }
    }

    private static JsonNode request(Schema schema) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("schema", schema.toString());
        return body;
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {}
}
