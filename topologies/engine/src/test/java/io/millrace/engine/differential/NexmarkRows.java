package io.millrace.engine.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Persons, auctions and bids as the Nexmark benchmark has them, few of them and always the same. */
final class NexmarkRows {

    private static final long START_MS = 1_700_000_000_000L;
    private static final int PERSONS = 40;
    private static final int AUCTIONS = 60;
    private static final int BIDS = 500;
    private static final List<String> STATES = List.of("OR", "ID", "CA", "WA", "AZ");
    private static final List<String> CHANNELS =
            List.of("Apple", "Google", "Facebook", "Baidu", "channel-17", "channel-4");

    private final Random random = new Random(20_240_229L);

    /** The rows of a source, in the order of their time. */
    List<Object[]> of(String source) {
        return switch (source) {
            case "person" -> persons();
            case "auction" -> auctions();
            case "bid" -> bids();
            case "side" -> side();
            default -> throw new IllegalArgumentException(source);
        };
    }

    private List<Object[]> persons() {
        List<Object[]> rows = new ArrayList<>();
        long time = START_MS;
        for (long id = 0; id < PERSONS; id++) {
            time += 1 + random.nextInt(20_000);
            rows.add(new Object[] {
                id, "person " + id, id + "@example.org", "1234", "city " + id % 7, pick(STATES), time, text()
            });
        }
        return rows;
    }

    private List<Object[]> auctions() {
        List<Object[]> rows = new ArrayList<>();
        long time = START_MS;
        for (long id = 0; id < AUCTIONS; id++) {
            time += 1 + random.nextInt(12_000);
            rows.add(new Object[] {
                id,
                "item " + id,
                text(),
                (long) random.nextInt(1000),
                (long) random.nextInt(10_000),
                time,
                time + random.nextInt(300_000),
                (long) random.nextInt(PERSONS),
                10L + random.nextInt(4),
                text()
            });
        }
        return rows;
    }

    private List<Object[]> bids() {
        List<Object[]> rows = new ArrayList<>();
        long time = START_MS;
        for (int i = 0; i < BIDS; i++) {
            // No two bids are of the same time, so that none is both the last and not.
            time += 1 + random.nextInt(1500);
            String channel = pick(CHANNELS);
            String address =
                    "https://www.nexmark.com/" + (char) ('a' + random.nextInt(5)) + "/b" + i % 9 + "/item.htm?query=1";
            rows.add(new Object[] {
                (long) random.nextInt(AUCTIONS),
                (long) random.nextInt(PERSONS),
                (long) Math.pow(10, 2 + random.nextDouble() * 6),
                channel,
                channel.equals("channel-17") ? address + "&channel_id=" + random.nextInt(100) : address,
                time,
                text()
            });
        }
        return rows;
    }

    private static List<Object[]> side() {
        List<Object[]> rows = new ArrayList<>();
        for (long key = 0; key < 8; key++) {
            rows.add(new Object[] {key, "side " + key});
        }
        return rows;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(5)));
        }
        return text.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
