package io.millrace.connect.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of a configuration before anything is read or written. */
@Timeout(120)
final class LiveCheckIT {

    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres();
        postgres.run("CREATE TABLE orders (id int PRIMARY KEY, at timestamp)", "CREATE TABLE \"Odd.name\" (id int)");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Map<String, List<String>> errors(Connector connector, String... more) {
        return connector.validate(postgres.config(more)).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
    }

    private static Map<String, List<String>> source(String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "topic";
        all[1] = "t";
        System.arraycopy(more, 0, all, 2, more.length);
        return errors(new JdbcSourceConnector(), all);
    }

    @Test
    void shouldRecommendTheTablesThatThereAre() {
        Config config = new JdbcSourceConnector().validate(postgres.config("topic", "t", "table", "orders"));
        ConfigValue table = config.configValues().stream()
                .filter(value -> value.name().equals("table"))
                .findFirst()
                .orElseThrow();
        assertThat(table.errorMessages()).isEmpty();
        assertThat(table.recommendedValues()).containsExactlyInAnyOrder("public.orders", "public.\"Odd.name\"");
    }

    @Test
    void shouldSayWhatIsNotThere() {
        assertThat(source("table", "ordres").get("table").get(0)).contains("did you mean 'orders'?");
        assertThat(source("table", "orders", "mode", "incrementing", "incrementing.column", "no")
                        .get("table")
                        .get(0))
                .contains("has no column 'no', which incrementing.column names");
        assertThat(source("query", "SELECT nothing FROM orders").get("query").get(0))
                .contains("nothing");
        String url = postgres.url().replaceAll("\\?.*", "");
        assertThat(source("table", "orders", "connection.url", url, "connection.user", "nobody")
                        .get("connection.user")
                        .get(0))
                .contains("does not let the user 'nobody' in");
        assertThat(source("table", "orders", "connection.url", url + "x")
                        .get("connection.url")
                        .get(0))
                .contains("There is no such database");
        assertThat(errors(new JdbcSinkConnector(), "connection.url", url, "connection.user", "nobody"))
                .containsOnlyKeys("connection.user");
    }

    @Test
    void shouldNotBlameAConfigurationForADatabaseThatIsAway() {
        assertThat(source("table", "orders", "connection.url", "jdbc:postgresql://127.0.0.1:1/postgres"))
                .isEmpty();
    }
}
