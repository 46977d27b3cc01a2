package io.millrace.engine.function;

/**
 * A function of SQL, in a public class with a public constructor without parameters and one public method, which is the
 * function: its parameters and result are those of SQL by {@link JavaTypes}. The name in SQL is the class's, {@code SlugOf} as
 * {@code SLUG_OF}, or that of {@link FunctionName}.
 *
 * <p>One object serves all threads. The same arguments have to give the same result, since a row may be computed twice. An
 * exception puts the row in quarantine with the exception's message.
 */
public interface ScalarFunction {}
