package io.millrace.document;

import java.util.List;
import java.util.Map;

/**
 * A pipeline as written: well-formed, but not yet checked against its connections, its SQL or itself.
 *
 * @param name its identity; lower-case letters, digits, {@code -}, {@code _}; begins with a letter; 63 characters at most
 * @param location where the document begins
 * @param labels for people and selectors
 * @param sources in the order of the file
 * @param steps in the order of the file
 * @param eventTime at most one for each relation
 * @param quality the rules of each relation, in the order of the file
 * @param qualityLocations where each relation's name stands under {@code quality}
 * @param sinks in the order of the file
 * @param onError what happens to rows on which an expression fails
 * @param emit when the steps named here give the results of their windows; the others give them on change
 * @param emitLocations where each step's name stands under {@code emit}
 */
public record Pipeline(
        String name,
        Location location,
        Map<String, String> labels,
        List<Source> sources,
        List<Step> steps,
        List<EventTime> eventTime,
        Map<String, List<Rule>> quality,
        Map<String, Location> qualityLocations,
        List<Sink> sinks,
        OnError onError,
        Map<String, Emit> emit,
        Map<String, Location> emitLocations) {}
