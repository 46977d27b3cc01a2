package io.millrace.connect.jdbc.database;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads which transactions run out of {@code SHOW ENGINE INNODB STATUS}. The table {@code information_schema.innodb_trx} would be easier
 * to read, but is not renewed as long as somebody reads it more often than every tenth of a second.
 */
final class InnoDbStatus {

    private static final Pattern TRANSACTION = Pattern.compile(
            "^---TRANSACTION (\\(?[0-9a-fx]+\\)?), ACTIVE (?:\\(PREPARED\\) )?(\\d+) sec", Pattern.MULTILINE);
    private static final Pattern THREAD = Pattern.compile("thread id (\\d+),");

    private InnoDbStatus() {}

    /**
     * The transactions of a status, each by several names of which one at least stays: a transaction gets another number when it first
     * writes, so that it is known by its thread and the second that it began in, give or take one. Null when some are left out.
     */
    static @Nullable Set<String> running(String status) {
        if (status.contains("truncated...")) {
            return null;
        }
        long now = System.nanoTime() / 1_000_000_000L;
        Set<String> running = new HashSet<>();
        Matcher transaction = TRANSACTION.matcher(status);
        while (transaction.find()) {
            running.add(transaction.group(1));
            int end = status.indexOf("---TRANSACTION", transaction.end());
            Matcher thread = THREAD.matcher(status.substring(transaction.end(), end < 0 ? status.length() : end));
            if (thread.find()) {
                long began = now - Long.parseLong(transaction.group(2));
                for (long second = began - 1; second <= began + 1; second++) {
                    running.add("thread " + thread.group(1) + " since " + second);
                }
            }
        }
        return running;
    }
}
