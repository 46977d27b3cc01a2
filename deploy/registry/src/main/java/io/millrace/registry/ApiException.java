package io.millrace.registry;

/** A request that is refused, with the HTTP status and the error code that Confluent's registry answers. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    private final int status;
    private final int errorCode;

    ApiException(int status, int errorCode, String message) {
        super(message);
        this.status = status;
        this.errorCode = errorCode;
    }

    int status() {
        return status;
    }

    int errorCode() {
        return errorCode;
    }

    static ApiException subjectNotFound(String subject) {
        return new ApiException(NOT_FOUND, 40401, "There is no subject '" + subject + "'");
    }

    static ApiException versionNotFound(String subject, VersionNumber version) {
        return new ApiException(NOT_FOUND, 40402, "Subject '" + subject + "' has no version " + version);
    }

    static ApiException schemaNotFound(String what) {
        return new ApiException(NOT_FOUND, 40403, what);
    }

    static ApiException subjectSoftDeleted(String subject) {
        return new ApiException(
                NOT_FOUND, 40404, "Subject '" + subject + "' is deleted already; permanent=true deletes it for good");
    }

    static ApiException subjectNotSoftDeleted(String subject) {
        return new ApiException(
                NOT_FOUND, 40405, "Subject '" + subject + "' must be deleted without permanent=true first");
    }

    static ApiException versionSoftDeleted(String subject, int version) {
        return new ApiException(
                NOT_FOUND,
                40406,
                "Version " + version + " of subject '" + subject
                        + "' is deleted already; permanent=true deletes it for good");
    }

    static ApiException versionNotSoftDeleted(String subject, int version) {
        return new ApiException(
                NOT_FOUND,
                40407,
                "Version " + version + " of subject '" + subject + "' must be deleted without permanent=true first");
    }

    static ApiException noSubjectCompatibility(String subject) {
        return new ApiException(
                NOT_FOUND,
                40408,
                "Subject '" + subject
                        + "' has no compatibility of its own; defaultToGlobal=true asks for the one in force");
    }

    static ApiException noSubjectMode(String subject) {
        return new ApiException(
                NOT_FOUND,
                40409,
                "Subject '" + subject + "' has no mode of its own; defaultToGlobal=true asks for the one in force");
    }

    static ApiException incompatible(String message) {
        return new ApiException(409, 409, message);
    }

    static ApiException invalidSchema(String message) {
        return new ApiException(UNPROCESSABLE, 42201, message);
    }

    static ApiException invalidVersion(String version) {
        return new ApiException(
                UNPROCESSABLE, 42202, "'" + version + "' is not a version: it must be 1 or more, or 'latest'");
    }

    static ApiException invalidCompatibility(String level) {
        return new ApiException(
                UNPROCESSABLE,
                42203,
                "'" + level
                        + "' is not a compatibility level: it must be NONE, BACKWARD, FORWARD or FULL, or one of the last"
                        + " three with _TRANSITIVE");
    }

    static ApiException invalidMode(String mode) {
        return new ApiException(
                UNPROCESSABLE,
                42204,
                "'" + mode + "' is not a mode: it must be READWRITE, READONLY, READONLY_OVERRIDE or IMPORT");
    }

    static ApiException notPermitted(String message) {
        return new ApiException(UNPROCESSABLE, 42205, message);
    }

    static ApiException referenced(String subject, int version, StoredSchema by) {
        return new ApiException(
                UNPROCESSABLE,
                42206,
                "Version " + version + " of subject '" + subject + "' is referred to by version " + by.version()
                        + " of subject '" + by.subject() + "', which must be deleted first");
    }

    static ApiException invalidSubject(String subject, String why) {
        return new ApiException(UNPROCESSABLE, 42208, "'" + subject + "' cannot be a subject: " + why);
    }

    static ApiException unprocessable(String message) {
        return new ApiException(UNPROCESSABLE, UNPROCESSABLE, message);
    }

    static ApiException of(SchemaLogException e) {
        return switch (e.kind()) {
            case FAILED -> new ApiException(500, 50001, String.valueOf(e.getMessage()));
            case TIMED_OUT -> new ApiException(500, 50002, String.valueOf(e.getMessage()));
            case TOO_LARGE -> new ApiException(UNPROCESSABLE, 42209, String.valueOf(e.getMessage()));
        };
    }
}
