package io.millrace.orchestrator;

/** Is told several times a second how far a run is. */
@FunctionalInterface
public interface RunObserver {

    void at(RunSnapshot snapshot);
}
