package io.millrace.connect.s3.store;

import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells faults that pass from those that somebody has to mend. */
final class S3Faults {

    private S3Faults() {}

    /**
     * What Connect is told.
     *
     * @param asking what was asked for, for the message
     */
    static ConnectException of(S3Options options, String asking, SdkException fault) {
        if (fault instanceof S3Exception answer) {
            return answered(options, asking, answer);
        }
        String message = String.valueOf(fault.getMessage());
        if (message.contains("Unable to load credentials")) {
            return new ConnectException(
                    asking + ": there are no credentials: set " + S3Options.ACCESS_KEY_ID + " and "
                            + S3Options.SECRET_ACCESS_KEY + ", or give the worker some that the AWS SDK finds",
                    fault);
        }
        String where = options.endpoint() == null
                ? "AWS in " + options.region()
                : options.endpoint().toString();
        return new RetriableException(asking + ": S3 at " + where + " cannot be reached: " + message, fault);
    }

    private static ConnectException answered(S3Options options, String asking, S3Exception answer) {
        int status = answer.statusCode();
        String code =
                answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                        ? "no code"
                        : answer.awsErrorDetails().errorCode();
        String said = asking + ": S3 answers " + status + " " + code;
        if (status >= 500
                || status == 429
                || status == 408
                || code.equals("RequestTimeout")
                || code.equals("SlowDown")) {
            return new RetriableException(said, answer);
        }
        return new ConnectException(said + ": " + hint(options, status), answer);
    }

    private static String hint(S3Options options, int status) {
        return switch (status) {
            case 301, 307, 400 -> "check " + S3Options.REGION + " (" + options.region() + ") and " + S3Options.ENDPOINT;
            case 401, 403 ->
                options.hasKeys()
                        ? "check " + S3Options.ACCESS_KEY_ID + ", its secret and what it may do"
                        : "the requests carry " + (options.endpoint() == null ? "the worker's" : "no")
                                + " credentials: check them, or set " + S3Options.ACCESS_KEY_ID;
            case 404 -> "check " + S3Options.BUCKET + " and " + S3Options.PATH_STYLE;
            default -> "the request cannot succeed as it is";
        };
    }
}
