package dev.chandlery.config;

/** Where a tool's releases come from. */
public sealed interface SourceSpec
        permits
        GithubSourceSpec,
        MavenSourceSpec,
        NpmSourceSpec,
        HttpSourceSpec {}
