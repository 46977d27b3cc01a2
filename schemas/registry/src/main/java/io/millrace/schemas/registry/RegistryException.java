package io.millrace.schemas.registry;

/**
 * A Schema Registry refused a request, or could not be reached.
 *
 * <p>The codes are those of Confluent's REST API, for example 40401 (subject not found), 40403 (schema not found), 409
 * (incompatible), 42201 (invalid schema).
 */
public final class RegistryException extends RuntimeException {

    /** The code of a failure that did not come from the registry: it could not be reached or did not answer sensibly. */
    public static final int UNREACHABLE = -1;

    /** The code of a failure to agree on TLS: a certificate that is not trusted, on this side or on the registry's. */
    public static final int UNTRUSTED = -2;

    private final int errorCode;
    private final boolean isTransient;

    public RegistryException(int errorCode, boolean isTransient, String message) {
        super(message);
        this.errorCode = errorCode;
        this.isTransient = isTransient;
    }

    public RegistryException(int errorCode, boolean isTransient, String message, Throwable cause) {
        super(message, cause);
        this.errorCode = errorCode;
        this.isTransient = isTransient;
    }

    /** Confluent's error code, or {@link #UNREACHABLE}. */
    public int errorCode() {
        return errorCode;
    }

    /** Whether the same request may succeed later: the registry was down, timed out or had no leader. */
    public boolean isTransient() {
        return isTransient;
    }

    /**
     * Whether the registry does not let this client in, whatever it asks: credentials are wrong or missing (401), not enough
     * (403), or a certificate is not trusted.
     */
    public boolean isAccessDenied() {
        // The codes of the API are HTTP's with two more digits.
        int status = errorCode >= 10_000 ? errorCode / 100 : errorCode;
        return status == 401 || status == 403 || errorCode == UNTRUSTED;
    }
}
