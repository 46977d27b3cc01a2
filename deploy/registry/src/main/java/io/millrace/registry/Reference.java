package io.millrace.registry;

/** A schema's reference to a version of another subject, which defines the type {@code name}. */
record Reference(String name, String subject, int version) {}
