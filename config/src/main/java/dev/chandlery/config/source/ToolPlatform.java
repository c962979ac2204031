package dev.chandlery.config.source;

/**
 * A platform that a tool is wanted for.
 *
 * @param name ours, as in registry.yaml and tags
 * @param upstreamWord what {@code {platform}} becomes in the tool's templates, such as
 *     {@code osx-aarch_64}
 */
public record ToolPlatform(PlatformName name, String upstreamWord) {
    public ToolPlatform {
        if (upstreamWord.isBlank()) {
            throw new IllegalArgumentException("no upstream word for platform " + name);
        }
    }
}
