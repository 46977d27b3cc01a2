package io.millrace.connect.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Runs queries that select a row's columns and behind them those of an order. */
interface RowFetch {

    /** All rows of a query, in its order. */
    List<FetchedRow> rows(Connection connection, Query query) throws SQLException;
}
