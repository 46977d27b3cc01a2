package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Operator;

/** The two inputs of a join: changes go on with the side that they came from, time is that of the slower side. */
abstract class TwoInputs {

    private long leftMs = Long.MIN_VALUE;
    private long rightMs = Long.MIN_VALUE;
    private long bothMs = Long.MIN_VALUE;

    /** Takes a change of one side. */
    abstract void process(Change change, boolean isLeft);

    /** Takes the word that no row before this comes from either side; never falls. */
    abstract void advance(long watermarkMs);

    /** The input of a run has ended on both sides. */
    abstract void end();

    /** How far both sides have come, milliseconds; {@link Long#MIN_VALUE} at first. */
    final long watermarkMs() {
        return bothMs;
    }

    /** The left input, then the right. */
    final Operator[] inputs() {
        return new Operator[] {input(true), input(false)};
    }

    private Operator input(boolean isLeft) {
        return new Operator() {
            @Override
            public void process(Change change) {
                TwoInputs.this.process(change, isLeft);
            }

            @Override
            public void advance(long newMs) {
                if (isLeft) {
                    leftMs = newMs;
                } else {
                    rightMs = newMs;
                }
                if (Math.min(leftMs, rightMs) > bothMs) {
                    bothMs = Math.min(leftMs, rightMs);
                    TwoInputs.this.advance(bothMs);
                }
            }

            @Override
            public void end() {
                // The sides are told one after the other, when both have ended.
                if (!isLeft) {
                    TwoInputs.this.end();
                }
            }
        };
    }
}
