package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.DeadLetters;
import io.millrace.connect.common.RowShape;
import io.millrace.connect.common.RunProgress;
import io.millrace.connect.common.SourceOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes records of a table's rows.
 *
 * @param table whose rows they are
 * @param progress what counts them
 */
record SourceRecords(TableReader table, RunProgress progress) {

    private static final Logger LOG = LoggerFactory.getLogger(SourceRecords.class);

    /**
     * A row's record or its dead letter; null when it is skipped.
     *
     * @throws ConnectException when a row that does not fit is to stop the task
     */
    @Nullable
    SourceRecord of(ReadRow row) {
        SourceOptions options = table.config().options();
        if (row instanceof ReadRow.Good good) {
            progress.polledRow();
            RowShape shape = table.rowReader().shape();
            return new SourceRecord(
                    table.partition(),
                    good.offset(),
                    options.topic(),
                    null,
                    shape.key(),
                    shape.keyOf(good.value()),
                    shape.value(),
                    good.value());
        }
        return letter((ReadRow.Bad) row, options);
    }

    private @Nullable SourceRecord letter(ReadRow.Bad bad, SourceOptions options) {
        String origin =
                table.config().connection().place() + "/" + table.config().table() + "#" + bad.key();
        if (options.failsOnBadRecord()) {
            throw new ConnectException(
                    "The row " + origin + " cannot be read: "
                            + bad.error().getMessage()
                            + "; mend the row or the type in " + SourceOptions.COLUMNS + ", or set "
                            + SourceOptions.BAD_RECORD + "=skip",
                    bad.error());
        }
        DeadLetters letters = options.deadLetters();
        if (letters == null) {
            LOG.warn(
                    "The row {} cannot be read and is skipped: {}",
                    origin,
                    bad.error().getMessage());
            return null;
        }
        progress.polledDeadLetter();
        return letters.letter(
                table.partition(),
                bad.offset(),
                origin,
                bad.text().getBytes(StandardCharsets.UTF_8),
                String.valueOf(bad.error().getMessage()),
                bad.error(),
                Instant.now());
    }
}
