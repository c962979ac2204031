package dev.chandlery.config.source;

/**
 * Versions of a Maven artifact, from the repositories of the user's Maven settings.
 *
 * @param groupId such as {@code com.google.protobuf}
 * @param artifactId such as {@code protoc}
 * @param extension of the file, such as {@code exe}
 * @param classifier template, such as {@code {platform}}
 */
public record MavenSourceSpec(String groupId, String artifactId, String extension,
        AssetTemplate classifier) implements SourceSpec {}
