package io.millrace.engine.aggregate;

/**
 * The values that one group has taken, kept beside its state so that a group of a million values is not rewritten for each
 * row: for each function a bag of entries, in the order of their keys as unsigned bytes.
 */
public interface ValueStore {

    /**
     * Changes how often an entry is in a bag. An entry whose count becomes zero is gone.
     *
     * @param function the position of the function among the calls
     * @param payload kept with an entry that is new, as it is
     * @return how often it is there now
     */
    long change(int function, byte[] key, byte[] payload, long delta);

    /** The entries of a function's bag in key order, or against it; nothing is changed while they are open. */
    Entries entries(int function, boolean isDescending);

    /** Drops the bags of all functions. */
    void clear();

    /** A walk along entries, before the first one at the beginning. */
    interface Entries extends AutoCloseable {

        /** Goes to the next entry, or says that there is none. */
        boolean next();

        byte[] key();

        byte[] payload();

        long count();

        @Override
        void close();
    }
}
