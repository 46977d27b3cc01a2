package io.millrace.cli.stack;

/** A stack that this process runs; closing it stops every part and waits for them. */
public interface LocalStack extends AutoCloseable {

    StackEndpoints endpoints();

    @Override
    void close();
}
