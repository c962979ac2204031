package dev.chandlery.config.source;

/** Where a tool's releases come from. */
public sealed interface SourceSpec
        permits
        GithubSourceSpec,
        MavenSourceSpec,
        NpmSourceSpec,
        HttpSourceSpec {}
