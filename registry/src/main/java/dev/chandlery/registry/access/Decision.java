package dev.chandlery.registry.access;

/** What an {@link Authorizer} says. */
public sealed interface Decision {

    /** Go on, as that principal. */
    record Allowed(Principal principal) implements Decision {}

    /** Nobody is known yet: 401 with this {@code WWW-Authenticate} challenge. */
    record Unauthenticated(String challenge) implements Decision {}

    /** Known, and may not: 403. */
    record Denied(String reason) implements Decision {}

    /** Known, and may not even learn whether it exists: the 404 of absent content. */
    record Hidden() implements Decision {}
}
