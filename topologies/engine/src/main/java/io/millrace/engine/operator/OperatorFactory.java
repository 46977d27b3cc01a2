package io.millrace.engine.operator;

/** Makes a chain of operators for one task; the factory is shared by all of them, what it makes is not. */
@FunctionalInterface
public interface OperatorFactory {

    Operator create(OperatorContext context);
}
