package io.millrace.document;

import java.time.Duration;

/**
 * Which column tells when a relation's rows happened, and how late they may come.
 *
 * @param relation the relation that it is said of
 * @param location where the relation's name stands
 * @param column the column, a timestamp
 * @param columnLocation where the column's name stands
 * @param delay how long after the newest row an older one may still come; windows close after it
 * @param late what happens to a row that comes later still
 */
public record EventTime(
        String relation, Location location, String column, Location columnLocation, Duration delay, OnLate late) {

    public EventTime {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("The delay of event time cannot be negative: " + delay);
        }
    }
}
