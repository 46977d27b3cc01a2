package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.ColumnFamily;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as they come, in the order of a column that grows, look after look, and each of them once, in whatever order their
 * transactions commit. Rows up to a settled value are read once and for all. Behind it every look reads all rows again and hands on
 * those that have not been seen.
 */
final class TailPass implements Pass {

    static final String INCLUSIVE = "inclusive";
    static final String SEEN = "seen";
    static final String PAGE = "page";
    static final String ROWS = "rows";

    /** How much an offset may hold of what was seen: below what Kafka takes as one record. */
    private static final int MOST_SEEN = 50_000;
    /** How many rows an offset may tell one by one besides. */
    private static final int MOST_DIGESTS_OF_PAGE = 10_000;
    /** How many rows are read before the first value is settled: they are all read twice. */
    private static final int MOST_UNSETTLED_AT_FIRST = 100_000;

    private SourceStatements statements;
    private RowFetch fetch;
    private final RowOrder order;
    private final boolean isUnique;
    private final Seen seen;
    private final Settlement settlement;
    private final int pageSize;

    /** All rows before it are read and settled. */
    private RowRange.@Nullable Bound low;

    private RowRange.@Nullable Bound position;
    private boolean isLooking;
    private boolean isBehindSettled;
    private boolean isOver;
    private boolean hasBegun;
    private boolean isStalled;
    private @Nullable Comparable<Object> stalledAt;
    private int unsettledRows;
    private int wantedRows;
    private @Nullable List<Object> greatest;

    /**
     * Rows behind a place, or all.
     *
     * @param isUnique whether the order tells rows apart
     * @param seen the rows behind the place that have been read
     */
    TailPass(
            SourceStatements statements,
            RowFetch fetch,
            RowOrder order,
            boolean isUnique,
            RowRange.@Nullable Bound low,
            Seen seen,
            Settlement settlement,
            int pageSize) {
        this.statements = statements;
        this.fetch = fetch;
        this.order = order;
        this.isUnique = isUnique;
        this.low = low;
        this.seen = seen;
        this.settlement = settlement;
        this.pageSize = seen instanceof SeenNumbers ? pageSize : Math.min(pageSize, MOST_DIGESTS_OF_PAGE);
        this.wantedRows = this.pageSize;
    }

    /**
     * The pass that goes on behind an offset.
     *
     * @param offset where an earlier one was left; null at the beginning
     */
    static TailPass behind(
            @Nullable Map<String, Object> offset,
            SourceStatements statements,
            RowFetch fetch,
            RowOrder order,
            boolean isUnique,
            Settlement settlement,
            int pageSize) {
        boolean isNumbered =
                isUnique && order.columns().size() == 1 && order.families().get(0) == ColumnFamily.WHOLE;
        Seen seen = isNumbered ? new SeenNumbers() : new SeenRows(order);
        RowRange.Bound low = null;
        if (offset != null) {
            List<String> place = new ArrayList<>();
            for (String key : order.keys()) {
                if (offset.get(key) != null) {
                    place.add(String.valueOf(offset.get(key)));
                }
            }
            boolean isInclusive = offset.get(INCLUSIVE) instanceof Boolean told
                    ? told
                    : place.size() < order.columns().size() || isOfLongerOrder(offset, order);
            low = place.isEmpty() ? null : new RowRange.Bound(place, isInclusive);
            Object rows = offset.get(ROWS);
            seen.restore(
                    text(offset.get(SEEN)),
                    text(offset.get(PAGE)),
                    rows instanceof Number number ? number.intValue() : 0);
        }
        return new TailPass(statements, fetch, order, isUnique, low, seen, settlement, pageSize);
    }

    /** Whether an offset was written when more columns told rows apart. */
    private static boolean isOfLongerOrder(Map<String, Object> offset, RowOrder order) {
        return offset.keySet().stream()
                .anyMatch(key ->
                        key.startsWith(RelationReader.KEY) && !order.keys().contains(key));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Whether an order is that of this pass, so that places mean the same. */
    boolean isInOrder(RowOrder other, boolean isUniqueToo) {
        return order.keys().equals(other.keys())
                && order.families().equals(other.families())
                && isUnique == isUniqueToo;
    }

    /** Reads other columns of the same rows from here on. */
    void goOnWith(SourceStatements otherStatements, RowFetch otherFetch) {
        statements = otherStatements;
        fetch = otherFetch;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public List<ReadRow> next(Connection connection) throws SQLException {
        if (!isLooking) {
            begin(connection);
        }
        while (isLooking) {
            List<ReadRow> page = isBehindSettled ? unsettledPage(connection) : settledPage(connection);
            if (!page.isEmpty()) {
                return page;
            }
        }
        return List.of();
    }

    private void begin(Connection connection) throws SQLException {
        isOver = false;
        if (!hasBegun) {
            noteGreatest(connection);
            hasBegun = true;
        }
        settlement.look(connection);
        if (isStalled && Objects.equals(stalledAt, settlement.lead()) && !settlement.isInclusive()) {
            noteAgain(connection);
            return;
        }
        isStalled = false;
        unsettledRows = 0;
        wantedRows = pageSize;
        position = low;
        isLooking = true;
        isBehindSettled = !isSettledAhead();
    }

    /** More rows than are held have one time: they are settled when no other can get that time any more. */
    private void noteAgain(Connection connection) throws SQLException {
        List<Object> last = greatest;
        if (last != null && !settlement.isWaiting()) {
            settlement.note(connection, order.lead(last), String.valueOf(last.get(0)), order.isOfMoments());
        }
    }

    /** Before the first look, so that most of a big table is settled when its turn comes. */
    private void noteGreatest(Connection connection) throws SQLException {
        try (PreparedStatement statement = statements.greatest().prepare(connection);
                ResultSet rows = statement.executeQuery()) {
            if (rows.next()) {
                String text = rows.getString(1);
                settlement.note(connection, order.lead(List.of(order.value(0, text))), text, false);
            }
        }
    }

    private boolean isSettledAhead() {
        String text = settlement.text();
        Comparable<Object> lead = settlement.lead();
        RowRange.Bound from = low;
        if (text == null || lead == null) {
            return false;
        }
        if (from == null) {
            return true;
        }
        int compared = order.lead(List.of(order.value(0, from.place().get(0)))).compareTo((Object) lead);
        // Of the last value itself rows may be left where it is settled with all of its rows.
        return compared < 0 || (compared == 0 && isWhole() && from.isInclusive());
    }

    /** The last value of all may still get more rows, unless it belongs to one row alone. */
    private RowRange.Bound settledBound() {
        List<String> lead = List.of(String.valueOf(settlement.text()));
        return isWhole() ? RowRange.Bound.including(lead) : RowRange.Bound.excluding(lead);
    }

    /** Whether the settled value is settled with all of its rows. */
    private boolean isWhole() {
        return seen instanceof SeenNumbers || settlement.isInclusive();
    }

    private List<ReadRow> settledPage(Connection connection) throws SQLException {
        RowRange.Bound to = settledBound();
        List<FetchedRow> fetched = fetch(connection, new RowRange(position, to));
        List<ReadRow> page = new ArrayList<>();
        boolean isSeenEmpty = seen.isEmpty();
        String all = isSeenEmpty || !isUnique ? "" : seen.encode();
        List<FetchedRow> fresh = new ArrayList<>();
        for (FetchedRow row : fetched) {
            if (isSeenEmpty && isUnique) {
                page.add(ReadRow.of(row, order.offset(row.place()), order));
            } else if (!seen.contains(row)) {
                fresh.add(row);
            }
        }
        if (isUnique) {
            for (FetchedRow row : fresh) {
                Map<String, Object> offset = new HashMap<>(order.offset(row.place()));
                offset.put(SEEN, all);
                page.add(ReadRow.of(row, offset, order));
            }
        } else {
            page.addAll(unsettled(fresh));
        }
        boolean isFull = advance(fetched);
        low = position;
        if (!isUnique && !fetched.isEmpty()) {
            seen.forget(order.lead(fetched.get(fetched.size() - 1).place()), false);
        }
        if (!isFull) {
            low = isWhole() ? RowRange.Bound.excluding(to.place()) : RowRange.Bound.including(to.place());
            position = low;
            isBehindSettled = true;
            Comparable<Object> lead = settlement.lead();
            if (lead != null) {
                seen.forget(lead, isWhole());
            }
        }
        return page;
    }

    private List<ReadRow> unsettledPage(Connection connection) throws SQLException {
        List<FetchedRow> fetched = fetch(connection, new RowRange(position, null));
        List<FetchedRow> fresh = new ArrayList<>();
        for (FetchedRow row : fetched) {
            if (!seen.contains(row)) {
                fresh.add(row);
            }
        }
        List<ReadRow> page = unsettled(fresh);
        unsettledRows += fetched.size();
        if (!advance(fetched)) {
            end(connection);
            seen.forgetRestored();
            isOver = true;
        } else if (seen.size() >= MOST_SEEN
                || (unsettledRows >= MOST_UNSETTLED_AT_FIRST && !settlement.isAnySettled())) {
            end(connection);
            isStalled = true;
            stalledAt = settlement.lead();
        }
        return page;
    }

    /** Rows whose offsets say what has been seen besides what is settled. */
    private List<ReadRow> unsettled(List<FetchedRow> fresh) {
        if (fresh.isEmpty()) {
            return List.of();
        }
        String all = seen.encode();
        String ofPage = seen.encode(fresh);
        Map<String, Object> base = new HashMap<>(order.fixed());
        RowRange.Bound from = low;
        if (from != null) {
            for (int i = 0; i < from.place().size(); i++) {
                base.put(order.keys().get(i), order.value(i, from.place().get(i)));
            }
            if (from.isInclusive() || from.place().size() < order.columns().size()) {
                base.put(INCLUSIVE, from.isInclusive());
            }
        }
        base.put(SEEN, all);
        base.put(PAGE, ofPage);
        List<ReadRow> page = new ArrayList<>(fresh.size());
        for (int i = 0; i < fresh.size(); i++) {
            Map<String, Object> offset = new HashMap<>(base);
            offset.put(ROWS, i + 1);
            page.add(ReadRow.of(fresh.get(i), offset, order));
            seen.add(fresh.get(i));
        }
        return page;
    }

    /** The rows of a range; those that nothing tells apart with their numbers among their equals. */
    private List<FetchedRow> fetch(Connection connection, RowRange range) throws SQLException {
        List<FetchedRow> rows = fetch.rows(connection, statements.query(range, wantedRows));
        if (isUnique) {
            return rows;
        }
        Map<Object, Integer> equals = new HashMap<>();
        List<FetchedRow> numbered = new ArrayList<>(rows.size());
        for (FetchedRow row : rows) {
            Object content = row.value() == null ? String.valueOf(row.text()) : row.value();
            int before = equals.merge(List.of(row.place(), content), 1, Integer::sum) - 1;
            numbered.add(row.after(before));
        }
        return numbered;
    }

    /**
     * Moves behind the rows; where nothing tells them apart, to the last of their values, of which there may be more.
     *
     * @return whether there may be more rows
     */
    private boolean advance(List<FetchedRow> fetched) {
        boolean isFull = fetched.size() >= wantedRows;
        if (fetched.isEmpty()) {
            return isFull;
        }
        List<Object> last = fetched.get(fetched.size() - 1).place();
        greatest = last;
        if (isUnique) {
            position = RowRange.Bound.excluding(RowOrder.texts(last));
        } else {
            boolean isOneValue = isFull && fetched.get(0).place().get(0).equals(last.get(0));
            wantedRows = isOneValue ? wantedRows * 2 : pageSize;
            position = RowRange.Bound.including(RowOrder.texts(last.subList(0, 1)));
        }
        return isFull;
    }

    private void end(Connection connection) throws SQLException {
        isLooking = false;
        List<Object> last = greatest;
        if (last != null) {
            settlement.note(connection, order.lead(last), String.valueOf(last.get(0)), order.isOfMoments());
        }
    }
}
