package dev.chandlery.config.source;

import dev.chandlery.oci.InvalidReferenceException;
import dev.chandlery.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A platform under the name that we write in registry.yaml and in tags, such as {@code linux-aarch64}.
 *
 * @param value our name
 * @param platform the same in the words of the OCI image specification
 */
public record PlatformName(String value, Platform platform) implements Comparable<PlatformName> {

    private static final Map<String, PlatformName> KNOWN = known();

    /** All platforms that have a name, sorted by name. */
    public static List<PlatformName> all() {
        return List.copyOf(KNOWN.values());
    }

    /** The platform called {@code linux-x86_64} or {@code linux/amd64}, or empty. */
    public static Optional<PlatformName> find(String text) {
        PlatformName byName = KNOWN.get(text);
        if (byName != null) {
            return Optional.of(byName);
        }
        return KNOWN.values()
                .stream()
                .filter(name -> name.platform.toString().equals(text))
                .findFirst();
    }

    /** The name of a platform from a manifest; OS version and features play no part. */
    public static Optional<PlatformName> of(Platform platform) {
        return find(platform.toString());
    }

    /**
     * Reads our name or {@code os/architecture[/variant]}.
     *
     * @throws InvalidReferenceException when it is neither; the message lists the known names
     */
    public static PlatformName parse(String text) {
        return find(text).orElseThrow(() -> new InvalidReferenceException("platform", text,
                "expected one of " + String.join(", ", KNOWN.keySet())));
    }

    /**
     * The platform that this program runs on.
     *
     * @throws InvalidReferenceException on a platform that we have no name for
     */
    public static PlatformName host() {
        return parse(Platform.host().toString());
    }

    /** Executables' suffix here: {@code .exe} on Windows, otherwise empty. */
    public String executableSuffix() {
        return platform.os().equals("windows") ? ".exe" : "";
    }

    @Override
    public int compareTo(PlatformName other) {
        return value.compareTo(other.value);
    }

    /** By the name, which stands for the platform; a record's own would take long at a program's start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlatformName name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    private static Map<String, PlatformName> known() {
        Map<String, String> names = Map.ofEntries(Map.entry("linux-x86_64", "linux/amd64"),
                Map.entry("linux-aarch64", "linux/arm64"), Map.entry("linux-armv7", "linux/arm/v7"),
                Map.entry("linux-x86_32", "linux/386"), Map.entry("linux-ppc64le", "linux/ppc64le"),
                Map.entry("linux-s390x", "linux/s390x"), Map.entry("linux-riscv64",
                        "linux/riscv64"),
                Map.entry("darwin-x86_64", "darwin/amd64"),
                Map.entry("darwin-arm64", "darwin/arm64"),
                Map.entry("windows-x86_64", "windows/amd64"),
                Map.entry("windows-arm64", "windows/arm64"),
                Map.entry("windows-x86_32", "windows/386"),
                Map.entry("freebsd-x86_64", "freebsd/amd64"));
        Map<String, PlatformName> result = new TreeMap<>();
        names.forEach((name, platform) -> result.put(name,
                new PlatformName(name, Platform.parse(platform))));
        return result;
    }
}
