package io.millrace.benchmarks;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;

/** Rows of ten columns, in an order that is not their keys'. */
final class SinkRows {

    static final TopicPartition PARTITION = new TopicPartition("rows", 0);
    static final String COLUMNS = "id bigint PRIMARY KEY, customer text, city text, amount numeric(12, 2),"
            + " quantity integer, price double precision, paid boolean, created timestamp, day date, note text";

    private static final long FIRST_MS = 1_700_000_000_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("customer", Schema.STRING_SCHEMA)
            .field("city", Schema.STRING_SCHEMA)
            .field("amount", Decimal.schema(2))
            .field("quantity", Schema.INT32_SCHEMA)
            .field("price", Schema.FLOAT64_SCHEMA)
            .field("paid", Schema.BOOLEAN_SCHEMA)
            .field("created", Timestamp.SCHEMA)
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final List<SinkRecord> records = new ArrayList<>();

    SinkRows(int count) {
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            ids.add(id);
        }
        Random random = new Random(1);
        Collections.shuffle(ids, random);
        for (int i = 0; i < count; i++) {
            long id = ids.get(i);
            records.add(new SinkRecord(
                    PARTITION.topic(),
                    0,
                    KEY,
                    new Struct(KEY).put("id", id),
                    VALUE,
                    value(id, random),
                    i,
                    FIRST_MS,
                    TimestampType.CREATE_TIME));
        }
    }

    private static Struct value(long id, Random random) {
        return new Struct(VALUE)
                .put("id", id)
                .put("customer", "customer " + random.nextInt(10_000))
                .put("city", random.nextBoolean() ? "Amsterdam" : "Zürich")
                .put("amount", BigDecimal.valueOf(random.nextInt(10_000_000), 2))
                .put("quantity", random.nextInt(100))
                .put("price", random.nextDouble())
                .put("paid", random.nextBoolean())
                .put("created", Date.from(Instant.ofEpochMilli(FIRST_MS + id)))
                .put("day", Date.from(Instant.ofEpochMilli(FIRST_MS / DAY_MS * DAY_MS)))
                .put("note", id % 3 == 0 ? null : "a note that nobody reads " + id);
    }

    List<SinkRecord> records() {
        return records;
    }
}
