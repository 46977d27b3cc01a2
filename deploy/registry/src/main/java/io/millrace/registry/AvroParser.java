package io.millrace.registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Parses Avro schemas after the ones that they refer to. */
final class AvroParser {

    private final RegistryState state;
    private final boolean isNew;
    private final Schema.Parser parser = new Schema.Parser();
    private final Set<RecordKey.SchemaVersion> seen = new HashSet<>();

    private AvroParser(RegistryState state, boolean isNew) {
        this.state = state;
        this.isNew = isNew;
    }

    /**
     * Parses {@code given}.
     *
     * @param isNew whether defaults must fit their types and references must not be deleted, which may be otherwise in
     *     schemas that are registered already
     * @throws ApiException when it is not a valid Avro schema
     */
    static AvroSchema parse(RegistryState state, SchemaText given, boolean isNew) {
        if (!given.type().equals(StoredSchema.AVRO)) {
            throw ApiException.invalidSchema(
                    "Schemas of type " + given.type() + " are not served: this registry has AVRO only");
        }
        return new AvroParser(state, isNew).parse(given);
    }

    private AvroSchema parse(SchemaText given) {
        parseReferences(given.references());
        List<Schema> referred = new ArrayList<>(parser.getTypes().values());
        Schema schema = parse(given.text(), isNew, "");
        return new AvroSchema(schema, textOf(schema, referred), given.references());
    }

    private void parseReferences(List<Reference> references) {
        for (Reference reference : references) {
            if (seen.add(new RecordKey.SchemaVersion(reference.subject(), reference.version()))) {
                StoredSchema referred = state.version(reference.subject(), new VersionNumber(reference.version()))
                        .filter(found -> !isNew || !found.deleted())
                        .orElseThrow(() -> ApiException.invalidSchema("The schema refers to version "
                                + reference.version() + " of subject '" + reference.subject()
                                + "', which is not registered"));
                if (!referred.isAvro()) {
                    throw ApiException.invalidSchema("The schema refers to version " + reference.version()
                            + " of subject '" + reference.subject() + "', which is not Avro but "
                            + referred.schemaType());
                }
                parseReferences(referred.references());
                parse(referred.schema(), false, " that it refers to as " + reference.name());
            }
        }
    }

    private Schema parse(String text, boolean validateDefaults, String which) {
        try {
            return parser.setValidateDefaults(validateDefaults).parse(text);
        } catch (NullPointerException e) {
            // What Avro answers when the whole schema is the name of an unknown type.
            throw ApiException.invalidSchema("The schema" + which + " is not valid Avro: it names an unknown type");
        } catch (RuntimeException e) {
            throw ApiException.invalidSchema("The schema" + which + " is not valid Avro: " + e.getMessage());
        }
    }

    // Deprecated for wanting a better name; nothing else leaves out the types that are referred to.
    @SuppressWarnings("deprecation")
    private static String textOf(Schema schema, List<Schema> referred) {
        return schema.toString(referred, false);
    }
}
