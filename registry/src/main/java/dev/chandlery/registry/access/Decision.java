package dev.chandlery.registry.access;

/** What an {@link Authorizer} says. */
public sealed interface Decision {
    /** Go on. */
    record Allowed() implements Decision {}

    /** Not with these credentials, but perhaps with others: 401. */
    record Unauthenticated() implements Decision {}

    /** Known, and may not: 403. */
    record Denied(String reason) implements Decision {}

    /** Known, and may not even learn whether it exists: the 404 of absent content. */
    record Hidden() implements Decision {}
}
