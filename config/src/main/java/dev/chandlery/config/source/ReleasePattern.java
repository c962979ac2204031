package dev.chandlery.config.source;

import java.util.Optional;

/**
 * A glob with one {@code *}, which stands for the version: {@code v*} reads {@code v31.1} as 31.1.
 *
 * @param glob such as {@code cmd/protoc-gen-go-grpc/v*}
 */
public record ReleasePattern(String glob) {

    /** @throws IllegalArgumentException without exactly one {@code *} */
    public ReleasePattern {
        if (glob.chars().filter(c -> c == '*').count() != 1) {
            throw new IllegalArgumentException(
                    "expected a pattern with one \"*\", which stands for the version");
        }
    }

    /** The version inside a release's name, or empty when the name does not fit. */
    public Optional<String> versionOf(String releaseName) {
        String prefix = prefix();
        String suffix = suffix();
        boolean fits = releaseName.startsWith(prefix) && releaseName.endsWith(suffix)
                && releaseName.length() > prefix.length() + suffix.length();
        return fits
                ? Optional.of(releaseName.substring(prefix.length(),
                        releaseName.length() - suffix.length()))
                : Optional.empty();
    }

    /** The release's name for a version: the inverse of {@link #versionOf}. */
    public String releaseName(String version) {
        return prefix() + version + suffix();
    }

    private String prefix() {
        return glob.substring(0, glob.indexOf('*'));
    }

    private String suffix() {
        return glob.substring(glob.indexOf('*') + 1);
    }

    @Override
    public String toString() {
        return glob;
    }
}
