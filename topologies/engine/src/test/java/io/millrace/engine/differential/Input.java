package io.millrace.engine.differential;

/**
 * One record that goes into a source.
 *
 * @param relation the source
 * @param values its columns, internal or plain values; for a tombstone only the key columns matter
 * @param isTombstone whether the record deletes its key
 */
record Input(String relation, Object[] values, boolean isTombstone) {

    static Input row(String relation, Object... values) {
        return new Input(relation, values, false);
    }

    static Input delete(String relation, Object... values) {
        return new Input(relation, values, true);
    }
}
