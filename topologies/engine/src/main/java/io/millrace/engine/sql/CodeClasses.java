package io.millrace.engine.sql;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the classes that generated code names. Its compiler takes every part of a name for that of a class first, so that it asks
 * for {@code org}, {@code java.lang.org} and hundreds more that are none, each of them a search through the whole class path: what
 * has once not been found is not searched for again.
 */
final class CodeClasses extends ClassLoader {

    /** Names that are none come from the code of Calcite's functions, of which there are some hundred. */
    private static final int MAX_REMEMBERED = 10_000;

    static final CodeClasses INSTANCE = new CodeClasses();

    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    private CodeClasses() {
        super("millrace-expressions", CodeClasses.class.getClassLoader());
    }

    private static final class MissingException extends ClassNotFoundException {

        MissingException(String name) {
            super(name);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (missing.contains(name)) {
            throw new MissingException(name);
        }
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException e) {
            if (missing.size() < MAX_REMEMBERED) {
                missing.add(name);
            }
            throw e;
        }
    }
}
