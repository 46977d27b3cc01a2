package io.millrace.connect.common;

/** The version of a plugin, from the manifest of the jar that it came in. */
public final class PluginVersion {

    private PluginVersion() {}

    /** The implementation version of {@code plugin}'s jar; {@code "development"} outside of a jar. */
    public static String of(Class<?> plugin) {
        String version = plugin.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
