package io.millrace.registry;

/** Which subjects and versions a list has: by the beginning of the subject's name, and whether they are deleted. */
record SubjectFilter(String prefix, boolean alsoDeleted, boolean onlyDeleted) {

    private static final String ALL_CONTEXTS = ":*:";

    /** The filter of the parameters subjectPrefix, deleted and deletedOnly. */
    static SubjectFilter of(ApiRequest request) {
        String prefix = request.query().getOrDefault("subjectPrefix", "");
        boolean onlyDeleted = request.flag("deletedOnly");
        return new SubjectFilter(
                prefix.startsWith(ALL_CONTEXTS) ? prefix.substring(ALL_CONTEXTS.length()) : prefix,
                onlyDeleted || request.flag("deleted"),
                onlyDeleted);
    }

    boolean matchesName(String subject) {
        return subject.startsWith(prefix);
    }

    boolean includes(boolean deleted) {
        return deleted ? alsoDeleted : !onlyDeleted;
    }
}
