package dev.chandlery.oci;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest's content runs on, in the words of the image specification (Go's {@code GOOS} and
 * {@code GOARCH}).
 *
 * <p><b>Spec:</b> image-spec v1.1.1, Image Index, platform.
 *
 * @param os such as {@code linux}, {@code darwin}, {@code windows}
 * @param architecture such as {@code amd64}, {@code arm64}
 * @param variant such as {@code v7}, null when there is none
 * @param osVersion Windows builds, null when there is none
 * @param osFeatures empty when there are none
 */
public record Platform(String os, String architecture, @Nullable String variant,
        @Nullable String osVersion, List<String> osFeatures) {

    public Platform {
        Objects.requireNonNull(os);
        Objects.requireNonNull(architecture);
        osFeatures = List.copyOf(osFeatures);
    }

    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, null, null, List.of());
    }

    public static Platform of(String os, String architecture, String variant) {
        return new Platform(os, architecture, variant, null, List.of());
    }

    /**
     * Reads {@code os/architecture[/variant]}.
     *
     * @throws InvalidReferenceException when the text has another form
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        boolean blank = List.of(parts).stream().anyMatch(String::isBlank);
        if (blank || parts.length < 2 || parts.length > 3) {
            throw new InvalidReferenceException("platform", text,
                    "expected os/architecture[/variant]");
        }
        return parts.length == 2 ? of(parts[0], parts[1]) : of(parts[0], parts[1], parts[2]);
    }

    /** The platform that this Java virtual machine runs on. */
    public static Platform host() {
        return of(hostOs(System.getProperty("os.name")),
                hostArchitecture(System.getProperty("os.arch")));
    }

    /** Whether content for {@code offered} serves this wish: same system and, if asked, variant. */
    public boolean accepts(Platform offered) {
        return os.equals(offered.os) && architecture.equals(offered.architecture)
                && (variant == null || variant.equals(offered.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant == null ? "" : "/" + variant);
    }

    private static String hostOs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return "darwin";
        }
        return lower.startsWith("windows") ? "windows" : lower.split(" ", 2)[0];
    }

    private static String hostArchitecture(String name) {
        return switch (name) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i686" -> "386";
            default -> name;
        };
    }
}
