package io.millrace.benchmarks;

/**
 * One thing measured once.
 *
 * @param name what was measured
 * @param wallMs how long it took, in milliseconds
 * @param cpuMs what all threads of the process computed in the meantime, compilers and collectors too, in milliseconds
 */
record Measurement(String name, double wallMs, double cpuMs) {

    private static final String SEPARATOR = "\t";

    /** As one line of a round's output. */
    String line() {
        return name + SEPARATOR + wallMs + SEPARATOR + cpuMs;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Measurement read(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not a measurement: " + line);
        }
        return new Measurement(parts[0], Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    }
}
