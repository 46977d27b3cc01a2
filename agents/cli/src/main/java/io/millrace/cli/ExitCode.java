package io.millrace.cli;

/** What the command's exit codes mean; the same for every subcommand. */
public final class ExitCode {

    public static final int DONE = 0;
    /** What was checked does not hold: a test, a rule or a run failed. */
    public static final int DOES_NOT_HOLD = 1;
    /** The input or the usage is wrong. */
    public static final int WRONG_INPUT = 2;
    /** Something needed is not reachable. */
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}
