package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowDecodingException;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.RowWriter;
import io.millrace.engine.sql.CompiledExpressions;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Joins each row with the row of a table that has its key. */
public final class TableLookup {

    /** Ends the chain of a table's row: what arrives is what is joined. */
    public static final OperatorFactory CAPTURE = context -> Operator.last(change -> context.capture(change.after()));

    private TableLookup() {}

    /**
     * What a lookup needs.
     *
     * @param table the table's store and rows
     * @param key makes the table's key of a stream row, in the order of the table's key columns
     * @param tableChain what a row of the table goes through before it is joined; ends in {@link #CAPTURE}
     * @param type INNER, LEFT, SEMI or ANTI
     * @param condition what a row and its match must fulfil beside; null when nothing
     * @param tableWidth how many columns come out of that chain
     * @param rowType the columns of the stream's rows
     * @param failures for rows whose key cannot be computed
     */
    public record Spec(
            TableLoader.Table table,
            CompiledExpressions key,
            OperatorFactory tableChain,
            JoinRelType type,
            @Nullable CompiledExpressions condition,
            int tableWidth,
            RelDataType rowType,
            Failures failures) {}

    /** The joined rows: the stream's columns, then the table's. */
    public static OperatorFactory join(Spec spec, OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            KeyValueStore<Bytes, byte[]> store = context.store(spec.table().storeName());
            RowWriter keys = new RowWriter(spec.table().keyType());
            RowReader rows = spec.table().storedRowReader();
            Operator tableChain = spec.tableChain().create(context);
            return Operator.stateless(downstream, change -> {
                Row row = change.row();
                Row match;
                try {
                    match = match(context, spec, store, keys, rows, row);
                    if (match != null) {
                        context.capture(null);
                        tableChain.process(Change.insert(change.source(), change.timestampMs(), match));
                        match = context.captured();
                    }
                    if (match != null && !holds(context, spec, joined(row, match, spec.tableWidth()))) {
                        match = null;
                    }
                } catch (KafkaException e) {
                    throw e;
                } catch (RowDecodingException | RuntimeException e) {
                    spec.failures().expression(context, change, e, spec.rowType(), row);
                    return;
                }
                if (spec.type() == JoinRelType.SEMI || spec.type() == JoinRelType.ANTI) {
                    if ((match != null) == (spec.type() == JoinRelType.SEMI)) {
                        downstream.process(change);
                    }
                } else if (match != null || spec.type() == JoinRelType.LEFT) {
                    Calculation.pass(downstream, change, null, joined(row, match, spec.tableWidth()));
                }
            });
        };
    }

    private static boolean holds(OperatorContext context, Spec spec, Row joined) {
        return spec.condition() == null || Boolean.TRUE.equals(spec.condition().test(context.expressions(), joined));
    }

    private static @Nullable Row match(
            OperatorContext context,
            Spec spec,
            KeyValueStore<Bytes, byte[]> store,
            RowWriter keys,
            RowReader rows,
            Row row)
            throws RowDecodingException {
        Row key = spec.key().evaluate(context.expressions(), row);
        for (int i = 0; i < key.size(); i++) {
            if (key.get(i) == null) {
                return null;
            }
        }
        byte[] stored = store.get(Bytes.wrap(keys.write(new byte[0], key)));
        return stored == null ? null : rows.read(stored, 0);
    }

    private static Row joined(Row row, @Nullable Row match, int tableWidth) {
        return Row.joined(row, match == null ? Row.nulls(tableWidth) : match);
    }
}
