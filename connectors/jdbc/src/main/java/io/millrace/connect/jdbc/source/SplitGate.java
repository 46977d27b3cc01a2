package io.millrace.connect.jdbc.source;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tasks of one table to one plan. The task with the first split writes the plan into its offsets; the others wait until it can
 * be read there, so that a connector that starts again finds the plan that rows were read by. Where the worker commits offsets seldom,
 * they wait for a while only: then rows may come twice after a crash within that time, as after any crash there.
 */
final class SplitGate {

    private static final long WAIT_MS = 3_000;
    private static final long EXACTLY_ONCE_WAIT_MS = 60_000;
    private static final Logger LOG = LoggerFactory.getLogger(SplitGate.class);

    private final Assignment assignment;
    private final Map<String, String> lead;
    private final OffsetStorageReader offsets;
    private final long until;
    private boolean isOpen;

    SplitGate(Assignment wanted, Map<String, String> lead, OffsetStorageReader offsets, boolean isExactlyOnce) {
        this.lead = lead;
        this.offsets = offsets;
        this.assignment = stored(wanted);
        this.isOpen = assignment.isLead() || assignment.plan() == null;
        this.until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(isExactlyOnce ? EXACTLY_ONCE_WAIT_MS : WAIT_MS);
    }

    /** The assignment by the plan that rows have been read by, if there is one. */
    private Assignment stored(Assignment wanted) {
        Object text = wanted.plan() == null ? null : plan();
        if (text == null || wanted.plan() == null) {
            return wanted;
        }
        SplitPlan stored = SplitPlan.parse(text.toString());
        if (stored.id().equals(wanted.plan().id())) {
            return wanted;
        }
        if (stored.splits() != wanted.plan().splits()) {
            throw new ConnectException("The table " + lead + " has been divided into " + stored.splits()
                    + " splits while the connector divided it anew into "
                    + wanted.plan().splits() + ": restart the connector");
        }
        LOG.info("Going on by the plan {} of {}, by which rows have been read", stored.id(), lead);
        return new Assignment(wanted.table(), stored, wanted.split());
    }

    private @Nullable Object plan() {
        Map<String, Object> offset = offsets.offset(lead);
        return offset == null ? null : offset.get(TableReader.PLAN);
    }

    Assignment assignment() {
        return assignment;
    }

    /** Whether rows may be read. */
    boolean isOpen() {
        if (!isOpen) {
            isOpen = plan() != null || System.nanoTime() - until > 0;
        }
        return isOpen;
    }
}
