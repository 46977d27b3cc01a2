package io.millrace.engine.physical;

/** How the rows of a partition are numbered: each by itself, or those alike together, with gaps behind them or without. */
public enum Ranking {
    ROW_NUMBER,
    RANK,
    DENSE_RANK
}
