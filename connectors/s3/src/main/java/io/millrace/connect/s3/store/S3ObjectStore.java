package io.millrace.connect.s3.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of S3, or of a server that speaks it. */
public final class S3ObjectStore implements ObjectStore {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    private static final long UNKNOWN_SIZE = -1;

    private final S3Options options;
    private final S3Client client;

    public S3ObjectStore(S3Options options) {
        this.options = options;
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(options.region()))
                .forcePathStyle(options.isPathStyle())
                .credentialsProvider(credentials(options))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT));
        if (options.endpoint() != null) {
            // Many servers that speak S3 do not know AWS's newer checksums, which go along by default.
            builder.endpointOverride(options.endpoint())
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        client = builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Options options) {
        if (options.hasKeys()) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    options.accessKeyId(), options.secretAccessKey().value()));
        }
        return options.endpoint() == null
                ? DefaultCredentialsProvider.builder().build()
                : AnonymousCredentialsProvider.create();
    }

    @Override
    public String bucket() {
        return options.bucket();
    }

    @Override
    public void list(String prefix, String after, Consumer<List<StoredObject>> page) {
        String last = after;
        boolean isMore = true;
        while (isMore) {
            String start = last;
            ListObjectsV2Response answer = ask(
                    "List " + place(prefix),
                    () -> client.listObjectsV2(request -> {
                        request.bucket(options.bucket()).prefix(prefix);
                        if (!start.isEmpty()) {
                            request.startAfter(start);
                        }
                    }));
            List<StoredObject> objects = answer.contents().stream()
                    .map(object -> new StoredObject(
                            object.key(),
                            object.size(),
                            ObjectVersion.of(object.eTag(), object.lastModified(), object.size())))
                    .toList();
            page.accept(objects);
            isMore = Boolean.TRUE.equals(answer.isTruncated()) && !objects.isEmpty();
            last = objects.isEmpty() ? last : objects.get(objects.size() - 1).key();
        }
    }

    @Override
    public @Nullable ObjectContent open(String key) {
        String place = place(key);
        try {
            ResponseInputStream<GetObjectResponse> content =
                    client.getObject(request -> request.bucket(options.bucket()).key(key));
            GetObjectResponse answer = content.response();
            long size = answer.contentLength() == null ? UNKNOWN_SIZE : answer.contentLength();
            return new ObjectContent(
                    ObjectVersion.of(answer.eTag(), answer.lastModified(), size),
                    ObjectVersion.modified(answer.lastModified(), size),
                    size,
                    new CheckedTransfer(content, place, size, content::abort));
        } catch (SdkException e) {
            if (e instanceof S3Exception answer
                    && answer.statusCode() == 404
                    && !(e instanceof NoSuchBucketException)) {
                return null;
            }
            throw S3Faults.of(options, "Read " + place, e);
        }
    }

    @Override
    public void put(String key, Path file) {
        ask(
                "Write " + place(key),
                () -> client.putObject(
                        request -> request.bucket(options.bucket()).key(key), RequestBody.fromFile(file)));
    }

    @Override
    public void close() {
        client.close();
    }

    private <T> T ask(String asking, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Faults.of(options, asking, e);
        }
    }

    private String place(String key) {
        return "s3://" + options.bucket() + "/" + key;
    }
}
