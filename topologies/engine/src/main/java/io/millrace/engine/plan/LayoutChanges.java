package io.millrace.engine.plan;

import io.millrace.engine.plan.StateLayout.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is different between two layouts, part by part, in words. */
public final class LayoutChanges {

    private LayoutChanges() {}

    /** The differences; none when what one wrote, the other reads as it was meant. */
    public static List<String> between(List<Part> before, List<Part> after) {
        List<String> changes = new ArrayList<>();
        Map<String, List<Part>> old = byRole(before);
        Map<String, List<Part>> now = byRole(after);
        old.forEach((role, parts) -> ofRole(role, parts, now.getOrDefault(role, List.of()), changes));
        now.forEach((role, parts) -> {
            if (!old.containsKey(role)) {
                ofRole(role, List.of(), parts, changes);
            }
        });
        return changes;
    }

    private static void ofRole(String role, List<Part> before, List<Part> after, List<String> changes) {
        if (before.equals(after)) {
            return;
        }
        if (before.size() == 1 && after.size() == 1) {
            changes.add(role + ": " + before.get(0) + " is now " + after.get(0));
            return;
        }
        int known = changes.size();
        List<Part> gone = new ArrayList<>(before);
        after.forEach(gone::remove);
        List<Part> come = new ArrayList<>(after);
        before.forEach(come::remove);
        for (Part part : gone) {
            Part same = come.stream()
                    .filter(other -> !part.name().isEmpty() && other.name().equals(part.name()))
                    .findFirst()
                    .orElse(null);
            if (same != null) {
                come.remove(same);
                changes.add(role + ": " + part.name() + " was " + part.type() + " and is " + same.type());
            } else {
                changes.add(role + ": " + part + " is gone");
            }
        }
        come.forEach(part -> changes.add(role + ": " + part + " is new"));
        if (changes.size() == known) {
            changes.add(role + ": in another order, " + names(after) + " and no longer " + names(before));
        }
    }

    private static String names(List<Part> parts) {
        return String.join(
                ", ",
                parts.stream()
                        .map(part -> part.name().isEmpty() ? part.type() : part.name())
                        .toList());
    }

    private static Map<String, List<Part>> byRole(List<Part> parts) {
        Map<String, List<Part>> byRole = new LinkedHashMap<>();
        parts.forEach(part ->
                byRole.computeIfAbsent(part.role(), role -> new ArrayList<>()).add(part));
        return byRole;
    }
}
