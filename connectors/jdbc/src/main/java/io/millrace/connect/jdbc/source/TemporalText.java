package io.millrace.connect.jdbc.source;

/**
 * Reads dates and times as databases write them: {@code 2024-02-29}, {@code 12:30:00.000001}, the two with a blank or a T between, and
 * an offset or a Z behind. Anything else, such as {@code infinity}, {@code 0000-00-00} or a year of five digits, is refused.
 */
final class TemporalText {

    static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private final String text;
    private int at;

    private TemporalText(String text) {
        this.text = text;
    }

    /** Days since 1970-01-01. */
    static int days(String text) {
        TemporalText reader = new TemporalText(text);
        int days = reader.date();
        reader.end();
        return days;
    }

    /** Microseconds since midnight, below 24 hours. */
    static long microsOfDay(String text) {
        TemporalText reader = new TemporalText(text);
        long micros = reader.time();
        reader.end();
        return micros;
    }

    /** Microseconds since 1970-01-01 00:00:00, UTC unless an offset says otherwise. */
    static long micros(String text) {
        TemporalText reader = new TemporalText(text);
        long micros = reader.date() * MICROS_PER_DAY;
        if (reader.at < text.length()) {
            reader.skip(text.charAt(reader.at) == 'T' ? 'T' : ' ');
            micros += reader.time() - reader.offset();
        }
        reader.end();
        return micros;
    }

    private int date() {
        int year = digits(4);
        skip('-');
        int month = digits(2);
        skip('-');
        int day = digits(2);
        boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > length(month, isLeap)) {
            throw refused();
        }
        int before = year - 1;
        return before * 365
                + before / 4
                - before / 100
                + before / 400
                + DAYS_BEFORE_MONTH[month - 1]
                + (month > 2 && isLeap ? 1 : 0)
                + day
                - 1
                - 719_162;
    }

    private static int length(int month, boolean isLeap) {
        return switch (month) {
            case 2 -> isLeap ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private long time() {
        int hour = digits(2);
        skip(':');
        int minute = digits(2);
        int second = 0;
        int micros = 0;
        if (is(':')) {
            at++;
            second = digits(2);
            if (is('.')) {
                at++;
                micros = fraction();
            }
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw refused();
        }
        return ((hour * 60L + minute) * 60 + second) * 1_000_000 + micros;
    }

    /** Digits behind the sixth have to be zeros. */
    private int fraction() {
        int micros = 0;
        int count = 0;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            int digit = text.charAt(at) - '0';
            if (count < 6) {
                micros = micros * 10 + digit;
            } else if (digit != 0) {
                throw refused();
            }
            count++;
            at++;
        }
        if (count == 0) {
            throw refused();
        }
        for (int i = count; i < 6; i++) {
            micros *= 10;
        }
        return micros;
    }

    private long offset() {
        if (is('Z')) {
            at++;
            return 0;
        }
        if (!is('+') && !is('-')) {
            return 0;
        }
        int sign = text.charAt(at++) == '-' ? -1 : 1;
        long seconds = digits(2) * 3600L;
        if (is(':')) {
            at++;
        }
        if (at < text.length()) {
            seconds += digits(2) * 60L;
        }
        if (is(':')) {
            at++;
            seconds += digits(2);
        }
        return sign * seconds * 1_000_000;
    }

    private boolean is(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private void skip(char wanted) {
        if (!is(wanted)) {
            throw refused();
        }
        at++;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            int digit = at < text.length() ? text.charAt(at) - '0' : -1;
            if (digit < 0 || digit > 9) {
                throw refused();
            }
            value = value * 10 + digit;
            at++;
        }
        return value;
    }

    private void end() {
        if (at != text.length()) {
            throw refused();
        }
    }

    private IllegalArgumentException refused() {
        return new IllegalArgumentException(text);
    }
}
