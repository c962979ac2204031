package dev.chandlery.config;

/** Where credentials for a registry come from. */
public enum AuthMethod {
    /** Docker's configuration and its credential helpers, as {@code docker login} leaves them. */
    DOCKER,
    /** The environment variable {@code GITHUB_TOKEN}. */
    GITHUB_TOKEN,
    /** {@code username} and {@code password} beside this key. */
    BASIC,
    /** None at all. */
    ANONYMOUS
}
