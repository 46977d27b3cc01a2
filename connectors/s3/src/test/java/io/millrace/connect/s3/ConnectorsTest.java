package io.millrace.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectorsTest {

    private static final Map<String, String> SOURCE =
            Map.of("name", "c", "s3.bucket", "b", "topic", "t", "columns", "id INT");
    private static final Map<String, String> SINK = Map.of("name", "c", "s3.bucket", "b", "topics", "t");

    @Test
    void shouldBeFoundAsPlugins() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(S3SourceConnector.class);
        assertThat(ServiceLoader.load(SinkConnector.class)).hasAtLeastOneElementOfType(S3SinkConnector.class);
        assertThat(new S3SourceConnector().exactlyOnceSupport(SOURCE)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
        assertThat(new S3SinkConnector().version()).isNotEmpty();
    }

    @Test
    void shouldFindNothingWrongWithASoundConfiguration() {
        assertThat(errors(new S3SourceConnector(), SOURCE, "x", "")).isEmpty();
        assertThat(errors(new S3SinkConnector(), SINK, "x", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "columns||columns: Invalid value  for configuration columns: is empty, but objects do not say",
                "key.columns|nr|key.columns: Invalid value nr for configuration key.columns: 'nr' is not a column",
                "format|xml|format: Invalid value xml for configuration format: expected one of json, csv, auto",
                "s3.endpoint|localhost:9000|s3.endpoint: Invalid value localhost:9000 for configuration s3.endpoint: expected a URL",
                "csv.separator|;;|csv.separator: Invalid value ;; for configuration csv.separator: expected one ASCII",
                "s3.access.key.id|me|s3.secret.access.key: Invalid value  for configuration s3.secret.access.key: is empty, but s3.access.key.id is not"
            })
    void shouldSayWhatIsWrongWithASource(String key, String value, String message) {
        assertThat(errors(new S3SourceConnector(), SOURCE, key, value == null ? "" : value))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parquet.compression|lzo|parquet.compression: Invalid value lzo for configuration parquet.compression: expected one of zstd, snappy, gzip, none",
                "format|csv|format: Invalid value csv",
                "rotate.idle.ms|-2|rotate.idle.ms: Invalid value -2",
                "s3.bucket||s3.bucket: Invalid value  for configuration s3.bucket",
                "s3.bucket|b/lake|s3.bucket: Invalid value b/lake for configuration s3.bucket: expected a bucket's name alone"
            })
    void shouldSayWhatIsWrongWithASink(String key, String value, String message) {
        assertThat(errors(new S3SinkConnector(), SINK, key, value == null ? "" : value))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith(message);
    }

    @Test
    void shouldDocumentEveryKeyAndOfferChoices() {
        List.of(new S3SourceConnector(), new S3SinkConnector())
                .forEach(connector -> connector.config().configKeys().values().forEach(key -> {
                    if (!key.internalConfig) {
                        assertThat(key.documentation).as(key.name).isNotBlank();
                        assertThat(key.group).as(key.name).isNotBlank();
                    }
                }));
        ConfigValue format = new S3SourceConnector()
                .validate(SOURCE).configValues().stream()
                        .filter(value -> value.name().equals("format"))
                        .findFirst()
                        .orElseThrow();
        assertThat(format.recommendedValues()).containsExactly("json", "csv", "auto");
    }

    private static List<String> errors(Connector connector, Map<String, String> sound, String key, String value) {
        Map<String, String> config = new HashMap<>(sound);
        config.put(key, value);
        return connector.validate(config).configValues().stream()
                .flatMap(found -> found.errorMessages().stream().map(error -> found.name() + ": " + error))
                .toList();
    }
}
