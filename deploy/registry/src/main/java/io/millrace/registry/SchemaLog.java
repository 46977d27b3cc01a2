package io.millrace.registry;

import java.util.List;
import java.util.function.Consumer;

/**
 * The ordered records that the registry's state is made of.
 *
 * <p>Only one thread at a time calls {@link #sync} and {@link #append}; the reader may be called on another thread.
 */
interface SchemaLog extends AutoCloseable {

    /**
     * Gives {@code reader} every record there is, in order, and from then on those that follow.
     *
     * @throws SchemaLogException when the log cannot be read to its end in time
     */
    void start(Consumer<LogRecord> reader);

    /**
     * Returns once the reader has seen everything that earlier calls of {@link #append} may have written, those that failed
     * included.
     *
     * @throws SchemaLogException when that cannot be known now
     */
    void sync();

    /**
     * Writes {@code records} in order and returns once they are safe and the reader has seen them.
     *
     * @throws SchemaLogException when they could not be written, or may not have been
     */
    void append(List<LogRecord> records);

    @Override
    void close();
}
