package dev.chandlery.config.source;

/**
 * Versions of npm packages, one package for each platform, from the user's npm registry.
 *
 * @param packageName template, such as {@code @bufbuild/buf-{platform}}
 */
public record NpmSourceSpec(AssetTemplate packageName) implements SourceSpec {}
