package io.millrace.engine.sql;

import io.millrace.engine.row.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.TimeFrameSet;
import org.apache.calcite.rel.type.TimeFrames;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What compiled expressions see of the world: one row and the time that the caller says it is. One for each thread that
 * evaluates; the row is replaced from call to call.
 */
public final class RowContext implements DataContext {

    /** The name under which generated code asks for the row. */
    static final String INPUT_RECORD = "inputRecord";

    /** Weeks that begin on another day than Sunday, and what else has no unit of its own. */
    private static final TimeFrameSet TIME_FRAMES = MillraceTypeSystem.INSTANCE.deriveTimeFrameSet(TimeFrames.CORE);

    private Row row = Row.EMPTY;
    private Map<String, Object> constants = Map.of();
    private long nowMs;
    private @Nullable RecordMetadata record;
    private final Map<CompiledExpressions, List<Function1<@Nullable Object, @Nullable Object>>> functions =
            new HashMap<>();

    /** Sets the time that CURRENT_TIMESTAMP and its like give, in milliseconds since 1970 UTC. */
    public void setTime(long epochMs) {
        this.nowMs = epochMs;
    }

    /** Sets the record that the row was made of. */
    public void setRecord(RecordMetadata newRecord) {
        this.record = newRecord;
    }

    /** The values of expressions for a row; their classes have an instance here, made when they first come. */
    Row evaluate(CompiledExpressions expressions, Row newRow) {
        constants = expressions.constants();
        List<Function1<@Nullable Object, @Nullable Object>> parts = functions.get(expressions);
        if (parts == null) {
            parts = expressions.instantiate(this);
            functions.put(expressions, parts);
        }
        row = newRow;
        @Nullable Object[] values = values(parts.get(0));
        for (int i = 1; i < parts.size(); i++) {
            @Nullable Object[] more = values(parts.get(i));
            int length = values.length;
            values = Arrays.copyOf(values, length + more.length);
            System.arraycopy(more, 0, values, length, more.length);
        }
        return Row.of(values);
    }

    private static @Nullable Object[] values(Function1<@Nullable Object, @Nullable Object> part) {
        return (@Nullable Object[]) Objects.requireNonNull(part.apply(null), "compiled expressions give a row");
    }

    @Override
    public @Nullable Object get(String name) {
        if (INPUT_RECORD.equals(name)) {
            return row;
        }
        if (name.charAt(0) == '?') {
            return ofRecord(Integer.parseInt(name.substring(1)));
        }
        Object constant = constants.get(name);
        if (constant != null) {
            return constant;
        }
        if (Variable.UTC_TIMESTAMP.camelName.equals(name)
                || Variable.CURRENT_TIMESTAMP.camelName.equals(name)
                || Variable.LOCAL_TIMESTAMP.camelName.equals(name)) {
            return nowMs;
        }
        if (Variable.TIME_ZONE.camelName.equals(name)) {
            return java.util.TimeZone.getTimeZone("UTC");
        }
        if (Variable.TIME_FRAME_SET.camelName.equals(name)) {
            return TIME_FRAMES;
        }
        if (Variable.LOCALE.camelName.equals(name)) {
            return java.util.Locale.ROOT;
        }
        return null;
    }

    /** The value of a {@link RecordFunction}. */
    private @Nullable Object ofRecord(int function) {
        RecordMetadata of = record;
        if (of == null) {
            return null;
        }
        return switch (RecordFunction.ALL.get(function).getName()) {
            case "_key" -> of.key() == null ? null : new ByteString(of.key());
            case "_timestamp" -> of.timestampMs();
            case "_topic" -> of.topic();
            case "_partition" -> of.partition();
            case "_offset" -> of.offset();
            default -> headers(of);
        };
    }

    /** The last header of each name. */
    private static Map<String, @Nullable ByteString> headers(RecordMetadata of) {
        Map<String, @Nullable ByteString> headers = new LinkedHashMap<>();
        for (Header header : of.headers()) {
            headers.put(header.key(), header.value() == null ? null : new ByteString(header.value()));
        }
        return headers;
    }

    @Override
    public @Nullable SchemaPlus getRootSchema() {
        return null;
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
        return SqlDialect.types();
    }

    @Override
    public QueryProvider getQueryProvider() {
        throw new UnsupportedOperationException("Expressions run no queries");
    }
}
