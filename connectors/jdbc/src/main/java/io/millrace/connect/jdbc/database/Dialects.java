package io.millrace.connect.jdbc.database;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The databases that there are dialects of. */
public final class Dialects {

    private static final List<Dialect> ALL = List.of(new PostgresDialect(), new MySqlDialect(), new SqliteDialect());

    private Dialects() {}

    /** The dialect for a connection URL; null when there is none. */
    public static @Nullable Dialect of(String url) {
        return ALL.stream()
                .filter(dialect -> dialect.urlPrefixes().stream().anyMatch(url::startsWith))
                .findFirst()
                .orElse(null);
    }

    /** How connection URLs begin, for a message. */
    static String prefixes() {
        return ALL.stream().flatMap(dialect -> dialect.urlPrefixes().stream()).collect(Collectors.joining(" or "));
    }
}
