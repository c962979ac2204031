package dev.chandlery.registry.access;

/** What a request wants to do to a repository, in the words of token scopes. */
public enum Action {
    PULL, PUSH, DELETE
}
