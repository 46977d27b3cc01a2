package io.millrace.connect.jdbc.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** The records of a transaction that cannot be written, on their way to Connect's reporter. */
final class RejectedRecords {

    private final @Nullable ErrantRecordReporter reporter;
    private final List<Rejected> rejected = new ArrayList<>();

    /** Records for this reporter; without one, the first of them is an error of the task. */
    RejectedRecords(@Nullable ErrantRecordReporter reporter) {
        this.reporter = reporter;
    }

    private record Rejected(SinkRecord record, ConnectException reason) {}

    void clear() {
        rejected.clear();
    }

    int size() {
        return rejected.size();
    }

    /** Forgets those behind the first ones. */
    void cut(int first) {
        if (first < rejected.size()) {
            rejected.subList(first, rejected.size()).clear();
        }
    }

    void add(SinkRecord record, String why, Exception cause) {
        String message = "The record at " + BadRecordException.place(record) + " cannot be written: " + why;
        if (reporter == null) {
            throw new ConnectException(
                    message + "; nothing was written. Mend the data or the table, or set errors.tolerance=all"
                            + " and errors.deadletterqueue.topic.name",
                    cause);
        }
        rejected.add(new Rejected(record, new ConnectException(message, cause)));
    }

    /** Hands them over, and waits until they are safe: only then may their offsets be stored. */
    void report() {
        if (reporter == null || rejected.isEmpty()) {
            return;
        }
        try {
            List<Future<Void>> reports = new ArrayList<>();
            for (Rejected one : rejected) {
                reports.add(report(reporter, one));
            }
            for (Future<Void> report : reports) {
                report.get();
            }
        } catch (ExecutionException e) {
            throw new RetriableException("Rejected records could not be handed over; nothing was written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableException("Interrupted while rejected records were handed over; nothing was written", e);
        }
        rejected.clear();
    }

    /** Connect throws when it tolerates no errors, without a word on the record. */
    private static Future<Void> report(ErrantRecordReporter reporter, Rejected one) {
        try {
            return reporter.report(one.record(), one.reason());
        } catch (ConnectException e) {
            throw new ConnectException(one.reason().getMessage() + "; nothing was written", e);
        }
    }
}
