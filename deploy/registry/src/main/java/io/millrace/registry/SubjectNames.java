package io.millrace.registry;

/** Which names subjects may have. */
final class SubjectNames {

    private static final String CONTEXT = ":.";

    private SubjectNames() {}

    /** Whether the subject lies in a context, an id space of its own, which only Confluent's registry serves. */
    static boolean isOfContext(String subject) {
        return subject.startsWith(CONTEXT);
    }

    /** Refuses a name that a subject cannot get. */
    static void requireValid(String subject) {
        if (subject.isBlank()) {
            throw ApiException.invalidSubject(subject, "it is blank");
        }
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.invalidSubject(subject, "it has control characters");
        }
        if (subject.equals("__GLOBAL") || subject.equals("__EMPTY")) {
            throw ApiException.invalidSubject(subject, "the name is reserved");
        }
        if (isOfContext(subject)) {
            throw ApiException.invalidSubject(subject, "this registry has no contexts, so it must not begin with ':.'");
        }
    }
}
