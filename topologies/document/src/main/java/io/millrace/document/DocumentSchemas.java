package io.millrace.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schemas (draft 2020-12) of the documents, for editors and other tools. A schema refuses nothing that {@link Documents}
 * reads; Documents refuses more, since a schema cannot follow names from one part of a document to another.
 */
public final class DocumentSchemas {

    private DocumentSchemas() {}

    /** The schema of a kind of document, as JSON text that refers to no other file. */
    public static String of(DocumentKind kind) {
        String resource = "schema/" + kind.label() + ".schema.json";
        try (InputStream in = DocumentSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("This build lacks its resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + resource + " cannot be read", e);
        }
    }
}
