package io.millrace.benchmarks;

import java.math.BigDecimal;
import java.util.Random;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/** Rows as of a table of orders: 13 columns, of which five may be null and are so in one row of ten. */
@SuppressWarnings("JavaUtilDate")
final class TableRow {

    private static final long DAY_MS = 24L * 60 * 60 * 1000;
    private static final long START_MS = 1_700_000_000_000L;

    private static final Schema SCHEMA = SchemaBuilder.struct()
            .name("benchmark.Order")
            .field("id", Schema.INT64_SCHEMA)
            .field("customer", Schema.INT32_SCHEMA)
            .field("product", Schema.INT32_SCHEMA)
            .field("quantity", Schema.OPTIONAL_INT32_SCHEMA)
            .field("weight", Schema.FLOAT64_SCHEMA)
            .field("discount", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("status", Schema.STRING_SCHEMA)
            .field("city", Schema.STRING_SCHEMA)
            .field("note", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "price",
                    Decimal.builder(2)
                            .parameter("connect.decimal.precision", "12")
                            .optional()
                            .build())
            .field("ordered", Date.SCHEMA)
            .field("created", Timestamp.SCHEMA)
            .field("changed", Timestamp.builder().optional().build())
            .build();

    private TableRow() {}

    /** The row with this number, the same each time. */
    static Struct of(int number) {
        Random random = new Random(number);
        Struct row = new Struct(SCHEMA)
                .put("id", (long) number * 1_000_003)
                .put("customer", random.nextInt(1_000_000))
                .put("product", random.nextInt(10_000))
                .put("weight", random.nextDouble())
                .put("status", text(random))
                .put("city", text(random))
                .put("ordered", new java.util.Date(random.nextInt(20_000) * DAY_MS))
                .put("created", new java.util.Date(START_MS + random.nextInt()));
        putMostly(random, row, "quantity", random.nextInt(100));
        putMostly(random, row, "discount", random.nextDouble());
        putMostly(random, row, "note", text(random));
        putMostly(random, row, "price", BigDecimal.valueOf(random.nextInt(1_000_000_000), 2));
        putMostly(random, row, "changed", new java.util.Date(START_MS + random.nextInt()));
        return row;
    }

    private static void putMostly(Random random, Struct row, String column, Object value) {
        if (random.nextInt(10) > 0) {
            row.put(column, value);
        }
    }

    /** 10 to 20 letters. */
    private static String text(Random random) {
        return random.ints(10 + random.nextInt(11), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
