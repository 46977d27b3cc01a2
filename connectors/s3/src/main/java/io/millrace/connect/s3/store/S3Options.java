package io.millrace.connect.s3.store;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is and how to get in.
 *
 * @param bucket its name
 * @param endpoint a server that speaks S3; null for AWS
 * @param region the region that requests are signed for
 * @param isPathStyle whether the bucket is named in the path instead of the host
 * @param accessKeyId who asks; empty when not said
 * @param secretAccessKey the secret to it; empty when not said
 */
public record S3Options(
        String bucket,
        @Nullable URI endpoint,
        String region,
        boolean isPathStyle,
        String accessKeyId,
        Password secretAccessKey) {

    public static final String BUCKET = "s3.bucket";
    public static final String ENDPOINT = "s3.endpoint";
    public static final String REGION = "s3.region";
    public static final String PATH_STYLE = "s3.path.style.access";
    public static final String ACCESS_KEY_ID = "s3.access.key.id";
    public static final String SECRET_ACCESS_KEY = "s3.secret.access.key";

    private static final String GROUP = "S3";

    /** Adds these options to a connector's own. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        BUCKET,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> requireBucket(String.valueOf(value)), () -> "the name of a bucket"),
                        Importance.HIGH,
                        "The bucket",
                        GROUP,
                        1,
                        ConfigDef.Width.MEDIUM,
                        "Bucket")
                .define(
                        ENDPOINT,
                        Type.STRING,
                        "",
                        ConfigDef.LambdaValidator.with(
                                (name, value) -> uri(String.valueOf(value)), () -> "an http or https URL, or empty"),
                        Importance.HIGH,
                        "The URL of a server that speaks S3, for example http://localhost:9000; empty for AWS",
                        GROUP,
                        2,
                        ConfigDef.Width.LONG,
                        "Endpoint")
                .define(
                        REGION,
                        Type.STRING,
                        "us-east-1",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "The region of the bucket",
                        GROUP,
                        3,
                        ConfigDef.Width.SHORT,
                        "Region")
                .define(
                        PATH_STYLE,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether requests name the bucket in the path instead of the host, as most servers other than AWS want",
                        GROUP,
                        4,
                        ConfigDef.Width.SHORT,
                        "Path-style access")
                .define(
                        ACCESS_KEY_ID,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The access key; empty for the AWS SDK's default chain of credentials, or, with an endpoint, for anonymous requests",
                        GROUP,
                        5,
                        ConfigDef.Width.MEDIUM,
                        "Access key id")
                .define(
                        SECRET_ACCESS_KEY,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "The secret of the access key",
                        GROUP,
                        6,
                        ConfigDef.Width.MEDIUM,
                        "Secret access key");
    }

    /**
     * The options in {@code config}, whose definition has passed through {@link #define}.
     *
     * @throws ConfigException when they do not fit together; the message names the key
     */
    public static S3Options of(AbstractConfig config) {
        S3Options options = new S3Options(
                config.getString(BUCKET),
                uri(config.getString(ENDPOINT)),
                config.getString(REGION),
                config.getBoolean(PATH_STYLE),
                config.getString(ACCESS_KEY_ID),
                config.getPassword(SECRET_ACCESS_KEY));
        boolean hasSecret = !options.secretAccessKey.value().isEmpty();
        if (options.hasKeys() != hasSecret) {
            throw new ConfigException(
                    hasSecret ? ACCESS_KEY_ID : SECRET_ACCESS_KEY,
                    "",
                    "is empty, but " + (hasSecret ? SECRET_ACCESS_KEY : ACCESS_KEY_ID) + " is not: set both or none");
        }
        return options;
    }

    /** Whether the options bring credentials of their own. */
    public boolean hasKeys() {
        return !accessKeyId.isEmpty();
    }

    private static void requireBucket(String text) {
        // Besides names, AWS takes the ARNs of access points.
        if (!text.matches("[A-Za-z0-9._-]+|arn:[A-Za-z0-9._:/-]+")) {
            throw new ConfigException(
                    BUCKET, text, "expected a bucket's name alone; what keys begin with goes into prefix");
        }
    }

    private static @Nullable URI uri(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The same message says what it is to be.
        }
        throw new ConfigException(ENDPOINT, text, "expected a URL as http://host:port or https://host");
    }
}
