package dev.chandlery.registry.access;

/**
 * Who asks, as it is recorded with what they push.
 *
 * @param name not empty
 */
public record Principal(String name) {
    public static final Principal ANONYMOUS = new Principal("anonymous");
}
