package io.millrace.connect.jdbc.source;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.errors.ConnectException;

/** Rows that a whole number tells apart, as ranges of numbers: {@code 1-20,25}. */
final class SeenNumbers implements Seen {

    /** The first number of each range and its last. */
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Takes the numbers from one to another. */
    private interface Numbers {
        void take(long first, long last);
    }

    @Override
    public boolean contains(FetchedRow row) {
        return contains(number(row));
    }

    boolean contains(long number) {
        Map.Entry<Long, Long> range = ranges.floorEntry(number);
        return range != null && range.getValue() >= number;
    }

    @Override
    public void add(FetchedRow row) {
        long number = number(row);
        add(number, number);
    }

    /** Adds the numbers from one to another. */
    private void add(long first, long last) {
        long from = first;
        long to = last;
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= from - 1) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        Map.Entry<Long, Long> behind = ranges.ceilingEntry(from);
        while (behind != null && behind.getKey() - 1 <= to) {
            to = Math.max(to, behind.getValue());
            ranges.remove(behind.getKey());
            behind = ranges.ceilingEntry(from);
        }
        ranges.put(from, to);
    }

    @Override
    public void forget(Comparable<Object> settled, boolean isInclusive) {
        if (!(((Object) settled) instanceof Long number)) {
            return;
        }
        Map.Entry<Long, Long> across = ranges.floorEntry(number);
        ranges.headMap(number, true).clear();
        if (across != null && across.getValue() > number) {
            ranges.put(number + 1, across.getValue());
        }
    }

    /** Numbers have their places. */
    @Override
    public void forgetRestored() {}

    @Override
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public int size() {
        return ranges.size();
    }

    @Override
    public String encode() {
        StringBuilder text = new StringBuilder();
        ranges.forEach((first, last) -> append(text, first, last));
        return text.toString();
    }

    @Override
    public String encode(List<FetchedRow> page) {
        StringBuilder text = new StringBuilder();
        long first = 0;
        long last = 0;
        boolean isOpen = false;
        for (FetchedRow row : page) {
            long number = number(row);
            if (isOpen && number == last + 1) {
                last = number;
            } else {
                if (isOpen) {
                    append(text, first, last);
                }
                first = number;
                last = number;
                isOpen = true;
            }
        }
        if (isOpen) {
            append(text, first, last);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long first, long last) {
        text.append(text.isEmpty() ? "" : ",").append(first);
        if (last > first) {
            text.append("..").append(last);
        }
    }

    @Override
    public void restore(String all, String page, int rows) {
        decode(all, this::add);
        long[] left = {rows};
        decode(page, (first, last) -> {
            long count = Math.min(left[0], last - first + 1);
            if (count > 0) {
                add(first, first + count - 1);
            }
            left[0] -= count;
        });
    }

    private static void decode(String text, Numbers numbers) {
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] ends = part.split("\\.\\.");
            try {
                long first = Long.parseLong(ends[0]);
                numbers.take(first, ends.length > 1 ? Long.parseLong(ends[1]) : first);
            } catch (NumberFormatException e) {
                throw new ConnectException(
                        "The stored offset's '" + part + "' is no range of numbers: set the offset anew", e);
            }
        }
    }

    private static long number(FetchedRow row) {
        return (Long) row.place().get(0);
    }
}
