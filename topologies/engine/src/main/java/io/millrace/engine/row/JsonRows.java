package io.millrace.engine.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows from records that are a JSON object each. Columns are its keys (exactly first, then without regard to case); a
 * key that no column has is passed over, a column without a key is null, a key that is there twice is an error. A ROW is an
 * object and so is a MAP, whatever its keys' type; everything that JSON has no form for is a text as {@link TextValues} reads
 * it. Numbers are read as they are written, never by way of a binary fraction. Thread-safe.
 */
public final class JsonRows {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonReader rows;

    /**
     * @param rowType the columns that are wanted, in their order
     * @param wanted tells of each column whether anyone reads it; the others stay null
     */
    public JsonRows(RelDataType rowType, IntPredicate wanted) {
        this.rows = JsonReader.row(rowType.getFieldList(), wanted, null);
    }

    /**
     * The row in {@code bytes} from {@code offset} on, which are one JSON object in UTF-8.
     *
     * @throws RowDecodingException when they are none, or a value does not fit its column
     */
    public Row read(byte[] bytes, int offset) throws RowDecodingException {
        try (JsonParser parser = JSON.createParser(bytes, offset, bytes.length - offset)) {
            if (parser.nextToken() == null) {
                throw new RowDecodingException("The record is empty, and no JSON object", null);
            }
            @Nullable Object[] row = (@Nullable Object[]) rows.read(parser);
            if (parser.nextToken() != null) {
                throw new RowDecodingException("The record holds more than one JSON object", null);
            }
            return Row.of(row);
        } catch (UnfitValueException e) {
            throw new RowDecodingException(String.valueOf(e.getMessage()), e);
        } catch (JsonProcessingException e) {
            throw new RowDecodingException("The record is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new RowDecodingException("The record is no JSON: " + e.getMessage(), e);
        }
    }

    /** The value of a JSON text, for a column that is nested. */
    static @Nullable Object value(String json, JsonReader reader) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new UnfitValueException("an empty text is no JSON");
            }
            Object value = reader.read(parser);
            if (parser.nextToken() != null) {
                throw new UnfitValueException("'" + UnfitValueException.shown(json) + "' is more than one JSON value");
            }
            return value;
        } catch (IOException e) {
            throw new UnfitValueException("'" + UnfitValueException.shown(json) + "' is no JSON");
        }
    }
}
