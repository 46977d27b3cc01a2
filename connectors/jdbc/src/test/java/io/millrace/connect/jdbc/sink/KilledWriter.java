package io.millrace.connect.jdbc.sink;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;

/** A worker in a process of its own, which reads the same topic from its beginning each time that it is started. */
final class KilledWriter {

    static final int ROWS = 4_000;

    private static final int AT_ONCE = 7;
    private static final long PAUSE_MS = 12;

    private KilledWriter() {}

    /** Writes all rows to the database at this URL. */
    public static void main(String[] arguments) throws InterruptedException {
        SinkRun run = new SinkRun(new HashMap<>(Map.of(
                "name", "c",
                "connection.url", arguments[0],
                "connection.user", "postgres",
                "table", "t")));
        Schema schema = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
        for (long i = 1; i <= ROWS; i++) {
            run.send(null, null, schema, new Struct(schema).put("id", i));
        }
        run.start();
        boolean hasMore = true;
        while (hasMore) {
            try {
                hasMore = run.deliver(AT_ONCE);
            } catch (RetriableException e) {
                // The database is away.
                hasMore = true;
            }
            Thread.sleep(PAUSE_MS);
        }
        run.stop();
    }
}
