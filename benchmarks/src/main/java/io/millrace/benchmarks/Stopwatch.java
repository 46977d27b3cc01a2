package io.millrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures from when it was made, or last read. */
final class Stopwatch {

    private static final double NANOS_OF_MILLI = 1e6;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long startNanos = System.nanoTime();
    private long startCpuNanos = PROCESS.getProcessCpuTime();

    /** What has passed, under a name; the next one begins. */
    Measurement lap(String name) {
        long nanos = System.nanoTime();
        long cpuNanos = PROCESS.getProcessCpuTime();
        Measurement measured = new Measurement(
                name, (nanos - startNanos) / NANOS_OF_MILLI, (cpuNanos - startCpuNanos) / NANOS_OF_MILLI);
        startNanos = System.nanoTime();
        startCpuNanos = PROCESS.getProcessCpuTime();
        return measured;
    }
}
