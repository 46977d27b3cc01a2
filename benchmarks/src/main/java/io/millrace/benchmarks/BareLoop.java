package io.millrace.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** What PostgreSQL can take from one connection: rows that were encoded before, and nothing looked at. */
final class BareLoop {

    private static final long EPOCH_MS = 946_684_800_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final String COLUMNS = "customer,city,amount,quantity,price,paid,created,day,note";

    private final Connection connection;
    private final List<byte[]> batches = new ArrayList<>();

    BareLoop(Connection connection, SinkRows rows, int batch) {
        this.connection = connection;
        List<SinkRecord> records = rows.records();
        for (int from = 0; from < records.size(); from += batch) {
            batches.add(encoded(records.subList(from, Math.min(from + batch, records.size()))));
        }
    }

    /** A COPY to a temporary table and a merge for each batch, which is a transaction. */
    void upsert(String table) throws SQLException {
        List<String> changes = new ArrayList<>();
        for (String column : COLUMNS.split(",")) {
            changes.add(column + " = EXCLUDED." + column);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE IF NOT EXISTS stage ON COMMIT DELETE ROWS AS SELECT * FROM "
                    + table + " WITH NO DATA");
            connection.setAutoCommit(false);
            for (byte[] batch : batches) {
                copy("stage", List.of(batch));
                statement.execute("INSERT INTO " + table + " SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET "
                        + String.join(", ", changes));
                connection.commit();
            }
            connection.setAutoCommit(true);
        }
    }

    /** All rows by one COPY. */
    void copy(String table) throws SQLException {
        copy(table, batches);
    }

    private void copy(String table, List<byte[]> parts) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        byte[] header = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        copy.writeToCopy(header, 0, header.length);
        for (byte[] part : parts) {
            copy.writeToCopy(part, 0, part.length);
        }
        copy.writeToCopy(new byte[] {-1, -1}, 0, 2);
        copy.endCopy();
    }

    private static byte[] encoded(List<SinkRecord> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (SinkRecord one : records) {
                encode((Struct) one.value(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void encode(Struct value, DataOutputStream out) throws IOException {
        out.writeShort(10);
        out.writeInt(8);
        out.writeLong(value.getInt64("id"));
        text(value.getString("customer"), out);
        text(value.getString("city"), out);
        amount((BigDecimal) value.get("amount"), out);
        out.writeInt(4);
        out.writeInt(value.getInt32("quantity"));
        out.writeInt(8);
        out.writeDouble(value.getFloat64("price"));
        out.writeInt(1);
        out.writeBoolean(value.getBoolean("paid"));
        out.writeInt(8);
        out.writeLong((milliseconds(value, "created") - EPOCH_MS) * 1000);
        out.writeInt(4);
        out.writeInt((int) ((milliseconds(value, "day") - EPOCH_MS) / DAY_MS));
        text(value.getString("note"), out);
    }

    private static long milliseconds(Struct value, String field) {
        return ((Date) value.get(field)).toInstant().toEpochMilli();
    }

    private static void text(@Nullable String text, DataOutputStream out) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /** Two groups before the point and one behind it hold every amount here. */
    private static void amount(BigDecimal amount, DataOutputStream out) throws IOException {
        long cents = amount.unscaledValue().longValueExact();
        out.writeInt(14);
        out.writeShort(3);
        out.writeShort(1);
        out.writeShort(0);
        out.writeShort(2);
        out.writeShort((int) (cents / 1_000_000));
        out.writeShort((int) (cents / 100 % 10_000));
        out.writeShort((int) (cents % 100 * 100));
    }
}
