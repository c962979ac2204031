package dev.chandlery.config.proof;

import dev.chandlery.config.source.AssetTemplate;

import java.util.Optional;

/**
 * What provenance must say of the build.
 *
 * @param source repository that was built, such as {@code github.com/o/r}
 * @param workflow path in it, such as {@code .github/workflows/release.yml}; empty for any
 * @param builder URI, with {@code *} at its end for any rest; empty for any
 * @param ref such as {@code refs/tags/v1.0}, likewise; a template
 */
public record BuildSpec(String source, Optional<String> workflow, Optional<String> builder,
        Optional<AssetTemplate> ref) {}
