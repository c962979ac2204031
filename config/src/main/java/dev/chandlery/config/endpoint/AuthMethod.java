package dev.chandlery.config.endpoint;

/** Where credentials for a registry come from. */
public enum AuthMethod {
    /** Docker's configuration and its credential helpers, as {@code docker login} leaves them. */
    DOCKER,
    /** {@code GITHUB_TOKEN} of the environment, or of the file that {@code GITHUB_TOKEN_FILE} names. */
    GITHUB_TOKEN,
    /**
     * What GitLab gives its jobs, {@code CI_JOB_TOKEN}, or else {@code GITLAB_TOKEN}, or the file that
     * {@code GITLAB_TOKEN_FILE} names.
     */
    GITLAB_TOKEN,
    /** A token as {@code password} beside this key; {@code username} only where the registry wants one. */
    TOKEN,
    /** A token of Amazon's ECR, by the credentials that AWS's own programs would use. */
    ECR,
    /** {@code username} and {@code password} beside this key. */
    BASIC,
    /** None at all. */
    ANONYMOUS
}
